package dev.frontdesk.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Vapi's ways to prove itself: the secret in {@code X-Vapi-Secret}, the same as a bearer token, or an HMAC plan.
 *
 * <p>Source: Vapi docs server-authentication and {@code HmacAuthenticationPlan} of the server SDK 2.0.1. Only the HMAC
 * protects body and time. No secret configured refuses all.
 */
public final class VapiSignature {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)}");
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S+) *");

    private VapiSignature() {}

    /**
     * Whether the request carries one of the secrets, as header or bearer token. Never throws.
     *
     * @param secrets the configured secret and, during a rotation, the next; none refuses all
     */
    public static boolean verify(RawRequest request, Collection<String> secrets) {
        boolean matches = false;
        for (String secret : secrets) {
            matches |= carries(request, secret);
        }
        return matches;
    }

    private static boolean carries(RawRequest request, String secret) {
        boolean header = request.header("x-vapi-secret")
                .filter(given -> Hmacs.same(secret, given))
                .isPresent();
        boolean bearer = request.header("authorization")
                .map(BEARER::matcher)
                .filter(Matcher::matches)
                .filter(given -> Hmacs.same(secret, given.group(1)))
                .isPresent();
        return !secret.isBlank() && (header || bearer);
    }

    /** Whether the request is signed by the plan, its time within five minutes where the plan signs one. Never throws. */
    public static boolean verify(RawRequest request, Hmac plan, Instant now) {
        Optional<String> given = request.header(plan.signatureHeader);
        Optional<String> time = request.header(plan.timestampHeader);
        if (plan.secret.isBlank() || given.isEmpty() || !given.get().startsWith(plan.prefix)) {
            return false;
        }
        if (plan.payloadFormat.contains("{timestamp}")
                && time.filter(it -> Hmacs.isFresh(it, now)).isEmpty()) {
            return false;
        }
        String signature = given.get().substring(plan.prefix.length()).trim();
        try {
            return Hmacs.same(sign(request, plan), plan.base64 ? signature : signature.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The signature of a request by the plan, without its prefix. */
    public static String sign(RawRequest request, Hmac plan) {
        byte[] mac = Hmacs.of(plan.jdkAlgorithm(), plan.key(), payload(request, plan));
        return plan.base64
                ? Base64.getEncoder().encodeToString(mac)
                : HexFormat.of().formatHex(mac);
    }

    private static byte[] payload(RawRequest request, Hmac plan) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream(request.body().length + 64);
        Matcher placeholders = PLACEHOLDER.matcher(plan.payloadFormat);
        int from = 0;
        while (placeholders.find()) {
            payload.writeBytes(utf8(plan.payloadFormat.substring(from, placeholders.start())));
            payload.writeBytes(
                    switch (placeholders.group(1)) {
                        case "body" -> request.body();
                        case "timestamp" ->
                            utf8(request.header(plan.timestampHeader).orElse(""));
                        case "method" -> utf8(request.method());
                        case "url" -> utf8(request.url());
                        case "svix-id", "message-id" ->
                            utf8(request.header(plan.messageIdHeader).orElse(""));
                        default -> utf8(placeholders.group());
                    });
            from = placeholders.end();
        }
        payload.writeBytes(utf8(plan.payloadFormat.substring(from)));
        return payload.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * How a Vapi credential signs.
     *
     * @param secret the shared secret
     * @param secretIsBase64 whether the key is the secret decoded
     * @param algorithm {@code sha256}, {@code sha512} or {@code sha1}
     * @param base64 whether the signature is Base64 rather than hex
     * @param payloadFormat text with {@code {timestamp}}, {@code {body}}, {@code {method}}, {@code {url}}, {@code {svix-id}}
     * @param signatureHeader the header with the signature
     * @param timestampHeader the header with the epoch time, seconds or milliseconds
     * @param messageIdHeader the header with the event id
     * @param prefix what stands before the signature, for example {@code sha256=}
     */
    public record Hmac(
            String secret,
            boolean secretIsBase64,
            String algorithm,
            boolean base64,
            String payloadFormat,
            String signatureHeader,
            String timestampHeader,
            String messageIdHeader,
            String prefix) {

        private static final Map<String, String> ALGORITHMS =
                Map.of("sha256", "HmacSHA256", "sha512", "HmacSHA512", "sha1", "HmacSHA1");

        public Hmac {
            if (!ALGORITHMS.containsKey(algorithm)) {
                throw new IllegalArgumentException("No HMAC algorithm of Vapi's: " + algorithm);
            }
        }

        /** Vapi's defaults: SHA-256 in hex over {@code {timestamp}.{body}}, {@code x-signature}, {@code x-timestamp}. */
        public static Hmac of(String secret) {
            return new Hmac(
                    secret, false, "sha256", false, "{timestamp}.{body}", "x-signature", "x-timestamp", "svix-id", "");
        }

        private String jdkAlgorithm() {
            return ALGORITHMS.get(algorithm);
        }

        private byte[] key() {
            return secretIsBase64 ? Base64.getDecoder().decode(secret) : utf8(secret);
        }
    }
}
