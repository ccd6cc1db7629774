package dev.frontdesk.simulate;

import dev.frontdesk.simulator.Sid;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * One call as it really went, before any provider reports it: what every system must agree on in the end.
 *
 * @param carrierId Twilio's id of the call
 * @param agentId the voice agent's id of it
 * @param cost what the voice agent's report says it costs; zero where no agent took part
 */
public record PhoneCall(
        Kind kind,
        Person person,
        String carrierId,
        String agentId,
        Instant startedAt,
        int seconds,
        BigDecimal cost,
        String sentiment) {

    /** How calls go. */
    public enum Kind {
        /** Inbound over Twilio, answered by the Vapi agent. */
        ANSWERED("completed", 5),
        /** The same, and a booking is made. */
        BOOKED("completed", 3),
        /** Inbound, answered by the Retell agent. */
        RETELL("completed", 1),
        /** Outbound over Twilio, without an agent. */
        PLAIN("completed", 1),
        BUSY("busy", 1),
        NO_ANSWER("no-answer", 1),
        FAILED("failed", 1);

        public final String status;
        private final int weight;

        Kind(String status, int weight) {
            this.status = status;
            this.weight = weight;
        }

        private static Kind any(Random random) {
            int at = random.nextInt(
                    List.of(values()).stream().mapToInt(kind -> kind.weight).sum());
            for (Kind kind : values()) {
                at -= kind.weight;
                if (at < 0) {
                    return kind;
                }
            }
            throw new IllegalStateException();
        }
    }

    public static PhoneCall any(Random random, Person person) {
        return of(Kind.any(random), random, person);
    }

    public static PhoneCall of(Kind kind, Random random, Person person) {
        boolean talked = kind.status.equals("completed");
        boolean agent = talked && kind != Kind.PLAIN;
        int seconds = talked ? 20 + random.nextInt(400) : 0;
        String agentId =
                kind == Kind.RETELL ? Sid.next("call_") : UUID.randomUUID().toString();
        return new PhoneCall(
                kind,
                person,
                Sid.next("CA"),
                agentId,
                Instant.now().minusSeconds(1 + seconds),
                seconds,
                agent ? BigDecimal.valueOf(500 + random.nextInt(8000), 4) : BigDecimal.ZERO,
                agent ? List.of("positive", "neutral", "negative").get(random.nextInt(3)) : null);
    }

    /** The id under which the call is listed: the agent's where one took part, else Twilio's. */
    public String listedId() {
        return kind == Kind.PLAIN || kind == Kind.FAILED ? carrierId : agentId;
    }

    boolean isInbound() {
        return kind == Kind.ANSWERED || kind == Kind.BOOKED || kind == Kind.RETELL;
    }

    Instant endedAt() {
        return startedAt.plusSeconds(seconds);
    }
}
