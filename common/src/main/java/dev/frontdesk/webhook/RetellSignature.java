package dev.frontdesk.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code x-retell-signature: v=<unix ms>,d=<hex>} with d = HMAC-SHA256(API key, raw body + v), five minutes either way.
 *
 * <p>Source: retell-sdk 5.66.1 and docs.retellai.com/features/secure-webhook; the form and order are exact.
 */
public final class RetellSignature {
    /** The header, lower case as {@link RawRequest} keeps it. */
    public static final String HEADER = "x-retell-signature";

    private static final Pattern FORM = Pattern.compile("v=(\\d{1,15}),d=([0-9a-f]{64})");

    private RetellSignature() {}

    /**
     * Whether one of the API keys signed this body at about {@code now}. Never throws.
     *
     * @param apiKeys the key with the webhook badge and, during a rotation, the next; none refuses all
     */
    public static boolean verify(RawRequest request, Collection<String> apiKeys, Instant now) {
        String header = request.header(HEADER).orElse("");
        boolean matches = false;
        for (String apiKey : apiKeys) {
            matches |= !apiKey.isBlank() && verify(request.body(), header, apiKey, now);
        }
        return matches;
    }

    private static boolean verify(byte[] body, String header, String apiKey, Instant now) {
        Matcher parts = FORM.matcher(header);
        return parts.matches()
                && Hmacs.same(digest(body, parts.group(1), apiKey), parts.group(2))
                && Hmacs.isFresh(parts.group(1), now);
    }

    /** The header's value for a body signed at that time. */
    public static String sign(byte[] body, String apiKey, Instant at) {
        String time = Long.toString(at.toEpochMilli());
        return "v=" + time + ",d=" + digest(body, time, apiKey);
    }

    private static String digest(byte[] body, String time, String apiKey) {
        byte[] key = apiKey.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Hmacs.of("HmacSHA256", key, body, time.getBytes(StandardCharsets.UTF_8)));
    }
}
