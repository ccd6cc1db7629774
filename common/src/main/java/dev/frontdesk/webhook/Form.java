package dev.frontdesk.webhook;

import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.TooLarge;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The fields of {@code application/x-www-form-urlencoded}, decoded once as UTF-8, in order, repeats and empties kept. */
public final class Form {
    /** The most fields a form may have. */
    public static final int MAX_FIELDS = 1_000;

    private static final int MOST_NAMES = 40;
    private static final Pattern NAME = Pattern.compile("\\w{1,40}");

    private final List<Map.Entry<String, String>> fields;

    private Form(List<Map.Entry<String, String>> fields) {
        this.fields = List.copyOf(fields);
    }

    /** A form of these fields, in order; for signing and for tests. */
    public static Form of(List<Map.Entry<String, String>> fields) {
        return new Form(fields);
    }

    /** Decodes a query string or body. As {@link #parse(byte[])}. */
    public static Form parse(String encoded) {
        return parse(encoded.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Decodes a body: {@code +} and {@code %20} are blanks.
     *
     * @throws BadRequest for a malformed percent escape or bytes that are not UTF-8
     * @throws TooLarge for more than {@value #MAX_FIELDS} fields
     */
    public static Form parse(byte[] encoded) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (int start = 0; start < encoded.length; ) {
            int end = indexOf(encoded, '&', start, encoded.length);
            if (end > start) {
                if (fields.size() == MAX_FIELDS) {
                    throw new TooLarge("The form has more than " + MAX_FIELDS + " fields");
                }
                int equals = indexOf(encoded, '=', start, end);
                String name = decode(encoded, start, equals);
                fields.add(Map.entry(name, equals < end ? decode(encoded, equals + 1, end) : ""));
            }
            start = end + 1;
        }
        return new Form(fields);
    }

    /** The first value of a field; empty when the field is absent or blank. */
    public Optional<String> text(String name) {
        return first(name).filter(value -> !value.isBlank());
    }

    /** The first value of a field, be it the empty text. */
    public Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** All values of a field, in order. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Every field, in order. */
    public List<Map.Entry<String, String>> fields() {
        return fields;
    }

    /**
     * The names, each once, in order; safe to log when a signature does not match: at most 40, and none but short words, since
     * anybody may have sent them.
     */
    public List<String> names() {
        return fields.stream()
                .map(Map.Entry::getKey)
                .filter(name -> NAME.matcher(name).matches())
                .distinct()
                .limit(MOST_NAMES)
                .toList();
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] < 0 || bytes[at] == '%' || bytes[at] == '+') {
                return false;
            }
        }
        return true;
    }

    private static String decode(byte[] bytes, int from, int to) {
        if (isPlain(bytes, from, to)) {
            return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(to - from);
        for (int at = from; at < to; at++) {
            if (bytes[at] == '+') {
                decoded.write(' ');
            } else if (bytes[at] == '%') {
                int high = at + 2 < to ? Character.digit(bytes[at + 1], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(bytes[at + 2], 16);
                if (low < 0) {
                    throw new BadRequest("The form has a malformed percent escape");
                }
                decoded.write(high * 16 + low);
                at += 2;
            } else {
                decoded.write(bytes[at]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRequest("The form is not UTF-8");
        }
    }
}
