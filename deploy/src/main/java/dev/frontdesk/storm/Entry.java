package dev.frontdesk.storm;

import java.time.Instant;

/**
 * One thing somebody asked for, and what they were told.
 *
 * @param id the provider's id, or a mark that only this request bears
 * @param other a second id of the same thing, or what it was asked to become
 * @param told the id in the answer
 */
record Entry(
        String id,
        Kind kind,
        String client,
        String phone,
        String other,
        Answer answer,
        String told,
        Instant asked,
        Instant answered) {
    /** What people ask for. */
    enum Kind {
        TEXT,
        CALL,
        BOOKING,
        CHANGE,
        STAFF_TEXT,
        STOP
    }

    /** What they were told. */
    enum Answer {
        /** Nothing yet. */
        PENDING,
        OK,
        REJECTED,
        /** Nothing, and they have given up asking. */
        UNKNOWN
    }

    static Entry asked(Kind kind, String id, String client, String phone, String other) {
        return new Entry(id, kind, client, phone, other, Answer.PENDING, null, Instant.now(), null);
    }

    Entry answered(Answer given, String answerId) {
        return new Entry(id, kind, client, phone, other, given, answerId, asked, Instant.now());
    }

    boolean is(Answer given) {
        return answer == given;
    }
}
