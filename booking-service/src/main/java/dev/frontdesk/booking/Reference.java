package dev.frontdesk.booking;

import java.util.concurrent.ThreadLocalRandom;

/** Six characters that survive a bad telephone line: no 0 and O, no 1, I and L. */
final class Reference {

    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private static final int LENGTH = 6;

    private Reference() {}

    static String random() {
        return ThreadLocalRandom.current()
                .ints(LENGTH, 0, ALPHABET.length())
                .map(ALPHABET::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
