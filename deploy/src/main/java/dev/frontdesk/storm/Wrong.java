package dev.frontdesk.storm;

/** One thing that is not as it must be: which, what was expected, what was found and where. */
record Wrong(Sort sort, String id, String expected, String found, String where) {
    enum Sort {
        /** Acknowledged, and not there. */
        LOST,
        /** There more than once. */
        DOUBLED,
        BROKEN
    }

    static Wrong broken(String id, Object expected, Object found, String where) {
        return new Wrong(Sort.BROKEN, id, String.valueOf(expected), String.valueOf(found), where);
    }

    /** Null when so many are right. */
    static Wrong count(String id, int atLeast, int found, String where) {
        if (found > 1) {
            return new Wrong(Sort.DOUBLED, id, atLeast == 1 ? "1" : "0 or 1", Integer.toString(found), where);
        }
        return found < atLeast ? new Wrong(Sort.LOST, id, "1", "0", where) : null;
    }

    @Override
    public String toString() {
        return "%s %s: expected %s, found %s (%s)".formatted(sort.name().toLowerCase(), id, expected, found, where);
    }
}
