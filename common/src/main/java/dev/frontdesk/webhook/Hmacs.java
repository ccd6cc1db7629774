package dev.frontdesk.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes and their comparison in constant time, for the signatures of this package. */
final class Hmacs {
    /** How far a signed time may be from ours, either way. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    /** Above this, a number of the epoch is milliseconds: as seconds it would be the year 5138. */
    private static final long MILLISECONDS_FROM = 100_000_000_000L;

    private Hmacs() {}

    /** The HMAC; null when the key is empty: no secret signs nothing. */
    static byte[] of(String algorithm, byte[] key, byte[]... parts) {
        if (key.length == 0) {
            return null;
        }
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("The JDK has " + algorithm, e);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has SHA-256", e);
        }
    }

    static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether an epoch time, in seconds or milliseconds, is within {@link #WINDOW} of now; false for no number. */
    static boolean isFresh(String epoch, Instant now) {
        try {
            long number = Long.parseLong(epoch.trim());
            Instant at = number >= MILLISECONDS_FROM ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
            return Duration.between(at, now).abs().compareTo(WINDOW) <= 0;
        } catch (NumberFormatException | ArithmeticException | java.time.DateTimeException e) {
            return false;
        }
    }
}
