package dev.frontdesk.call;

import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.webhook.RawRequest;
import java.time.Instant;
import java.util.List;

/**
 * A company whose webhooks tell us about calls. What is special about it ends here: who it is, how a request proves that
 * it is theirs, what it says, and how they want our answer written.
 */
public interface VoiceProvider {

    /** {@code twilio}, {@code vapi}, …; the value of {@code calls.provider}. */
    String name();

    /** Refuses (403 or 401, by the provider's habit) what the client's account did not sign. */
    void verify(RawRequest request, Client client, Instant now);

    /** What the request says and asks; unreadable is a 400, unknown is nothing. */
    Reading read(RawRequest request, Client client);

    /** The answer as the provider reads it; {@code clientId} is for the URLs in it. */
    Reply reply(Reading reading, Answer answer, String clientId);

    /**
     * A request, understood.
     *
     * @param facts what it says, in order; often nothing
     * @param raw the message without secrets, to be kept
     */
    record Reading(String kind, List<CallFacts> facts, Question question, String raw) {}

    /** A response. */
    record Reply(int status, String contentType, String body) {

        public static Reply empty(int status) {
            return new Reply(status, null, null);
        }

        public static Reply json(String body) {
            return new Reply(200, "application/json", body);
        }
    }
}
