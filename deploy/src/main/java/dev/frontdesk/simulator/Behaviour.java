package dev.frontdesk.simulator;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.stream.Stream;

/** What a number does with the texts sent to it. */
record Behaviour(Outcome outcome, String price, long delayMillis) {
    static final Behaviour ORDINARY = new Behaviour(Outcome.DELIVER, "-0.0079", 0);

    /** What becomes of a text. */
    enum Outcome {
        DELIVER("deliver"),
        /** Accepted, then undelivered with an error code. */
        FAIL("fail"),
        /** Refused with 21610. */
        OPTED_OUT("opted-out"),
        /** Accepted and delivered, but the answer to the sender never comes. */
        TIMEOUT_AFTER_ACCEPT("timeout-after-accept"),
        TOO_MANY_REQUESTS("429"),
        /** Not accepted, though the answer does not say so. */
        SERVER_ERROR("500"),
        /** Accepted and, after the delay, delivered, though the answer is the same, and at once. */
        SERVER_ERROR_AFTER_ACCEPT("500-after-accept");

        private final String wire;

        Outcome(String wire) {
            this.wire = wire;
        }

        static Optional<Outcome> of(String wire) {
            return Stream.of(values())
                    .filter(outcome -> outcome.wire.equals(wire))
                    .findFirst();
        }
    }

    /** Reads the body of {@code POST /simulator/behaviour}; empty when the outcome is unknown. */
    static Optional<Behaviour> of(JsonObject body) {
        return Outcome.of(body.getString("outcome", "deliver"))
                .map(outcome ->
                        new Behaviour(outcome, body.getString("price", ORDINARY.price), body.getLong("delay_ms", 0L)));
    }
}
