package dev.frontdesk.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The providers' recorded payloads, by path under {@code fixtures/}: {@code Fixtures.text("twilio/sms-incoming.form")}. */
public final class Fixtures {
    private Fixtures() {}

    /** A payload as UTF-8 text, a final line break taken off, which is the file's and not the provider's. */
    public static String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8).stripTrailing();
    }

    /** A payload's file, byte for byte. */
    public static byte[] bytes(String path) {
        try (InputStream file = Fixtures.class.getResourceAsStream("/fixtures/" + path)) {
            if (file == null) {
                throw new IllegalArgumentException("No fixture " + path);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
