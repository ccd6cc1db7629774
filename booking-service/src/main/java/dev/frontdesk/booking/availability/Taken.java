package dev.frontdesk.booking.availability;

import java.time.Instant;
import java.util.Arrays;

/** The times at which one resource is taken, in order of their starts; they never overlap. */
record Taken(long[] from, long[] to) {

    /**
     * Reads what the database answers.
     *
     * @param starts seconds after the origin, {@code {0,1800}}, in any order
     * @param lengths seconds each of them takes
     */
    static Taken of(Instant origin, String starts, String lengths) {
        long[] from = seconds(starts);
        long[] length = seconds(lengths);
        // Packed, so that sorting the starts takes the lengths along: a slot is shorter than 2^17 seconds.
        long[] packed = new long[from.length];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = (from[i] << 17) | length[i];
        }
        Arrays.sort(packed);
        long[] to = new long[packed.length];
        for (int i = 0; i < packed.length; i++) {
            from[i] = origin.getEpochSecond() + (packed[i] >> 17);
            to[i] = from[i] + (packed[i] & 0x1ffff);
        }
        return new Taken(from, to);
    }

    boolean isFree(Instant start, Instant end) {
        int next = Arrays.binarySearch(from, end.getEpochSecond());
        int before = (next < 0 ? -next - 1 : next) - 1;
        return before < 0 || to[before] <= start.getEpochSecond();
    }

    /** The whole numbers of an array as PostgreSQL writes it. */
    private static long[] seconds(String array) {
        String[] numbers = array.substring(1, array.length() - 1).split(",");
        return Arrays.stream(numbers).mapToLong(Long::parseLong).toArray();
    }
}
