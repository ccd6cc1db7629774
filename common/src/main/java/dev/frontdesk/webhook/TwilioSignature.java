package dev.frontdesk.webhook;

import dev.frontdesk.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code X-Twilio-Signature}: Base64 of HMAC-SHA1 over the public URL and, for forms, every field (names sorted, values
 * decoded; a repeated name once per distinct value, sorted). JSON bodies ride as {@code bodySHA256} in the signed URL.
 *
 * <p>Source: twilio.com/docs/usage/security and the official SDKs. The Java SDK takes one value per name only and
 * breaks on some URLs, so this is our own, on the raw request. Twilio signs no time: replays are met by deduplication.
 */
public final class TwilioSignature {
    /** The header, lower case as {@link RawRequest} keeps it. */
    public static final String HEADER = "x-twilio-signature";

    private static final Pattern URL = Pattern.compile("^([a-z]+)://(?:[^/?#@]*@)?([^/?#:]*)(?::(\\d+))?([^#]*)");
    private static final Pattern BODY_HASH = Pattern.compile("[?&]bodySHA256=([0-9a-fA-F]*)(?:&|$)");
    private static final Map<String, String> PORTS = Map.of("https", ":443", "http", ":80", "wss", ":443", "ws", ":80");

    private static final Comparator<Map.Entry<String, String>> BY_NAME_AND_VALUE =
            Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry.comparingByValue());

    private TwilioSignature() {}

    /**
     * Whether one of the account's tokens signed this request. Never throws; no token or no header is no.
     *
     * @param tokens the primary auth token and, during a rotation, the secondary
     */
    public static boolean verify(RawRequest request, Collection<String> tokens) {
        Optional<String> signature = request.header(HEADER);
        if (signature.isEmpty() || request.headers(HEADER).size() != 1) {
            return false;
        }
        Matcher hash = BODY_HASH.matcher(request.url());
        if (hash.find()) {
            String expected = HexFormat.of().formatHex(Hmacs.sha256(request.body()));
            return Hmacs.same(expected, hash.group(1).toLowerCase(Locale.ROOT))
                    && verify(request.url(), Form.of(List.of()), signature.get(), tokens);
        }
        if (request.method().equals("GET")) {
            return request.body().length == 0 && verify(request.url(), Form.of(List.of()), signature.get(), tokens);
        }
        boolean form = request.header("content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"))
                .isPresent();
        if (!form && request.body().length > 0) {
            return false;
        }
        try {
            return verify(request.url(), request.form(), signature.get(), tokens);
        } catch (Problem unreadable) {
            return false;
        }
    }

    /** Whether one of the tokens signed this URL and these fields; the URL with, without or with the default port. */
    public static boolean verify(String url, Form fields, String signature, Collection<String> tokens) {
        return candidates(url).stream()
                .anyMatch(candidate -> tokens.stream()
                        .filter(token -> token != null && !token.isBlank())
                        .anyMatch(token -> Hmacs.same(sign(candidate, fields, token), signature)));
    }

    /** The signature of exactly this URL and these fields. */
    public static String sign(String url, Form fields, String token) {
        StringBuilder text = new StringBuilder(url);
        List<Map.Entry<String, String>> sorted = new ArrayList<>(fields.fields());
        sorted.sort(BY_NAME_AND_VALUE);
        Map.Entry<String, String> last = null;
        for (Map.Entry<String, String> field : sorted) {
            if (!field.equals(last)) {
                text.append(field.getKey()).append(field.getValue());
            }
            last = field;
        }
        byte[] key = token.getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder()
                .encodeToString(Hmacs.of("HmacSHA1", key, text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** The spellings Twilio is known to sign: port as is, none, the default; an apostrophe in the query bare or escaped. */
    private static Set<String> candidates(String url) {
        Set<String> candidates = new LinkedHashSet<>();
        Matcher parts = URL.matcher(url);
        if (!parts.find()) {
            return candidates;
        }
        String origin = parts.group(1) + "://" + parts.group(2);
        String own = parts.group(3) == null ? "" : ":" + parts.group(3);
        for (String port : new LinkedHashSet<>(List.of(own, "", PORTS.getOrDefault(parts.group(1), "")))) {
            String rest = parts.group(4);
            int query = rest.indexOf('?');
            candidates.add(origin + port + rest);
            if (query >= 0) {
                String path = origin + port + rest.substring(0, query);
                candidates.add(path + rest.substring(query).replace("'", "%27"));
                candidates.add(path + rest.substring(query).replace("%27", "'"));
            }
            if (parts.group(1).startsWith("ws") && query < 0) {
                candidates.add(
                        origin + port + (rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest + "/"));
            }
        }
        return candidates;
    }
}
