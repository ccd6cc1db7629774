package dev.frontdesk.sms.replies;

import dev.frontdesk.sms.replies.Situation.Offer;
import dev.frontdesk.sms.templates.Purpose;
import java.util.UUID;

/**
 * What to do about an inbound text. All of it happens in one transaction, once.
 *
 * @param body the text to send back; null for none, or where {@code template} says it
 * @param template the client's words to send back in place of {@code body}
 * @param needsPerson whether the conversation opens for a person
 * @param offer the numbered times that the next text may choose from; the one before is forgotten
 * @param faqId the FAQ that answered
 * @param unanswered the question that none answered
 * @param ledger {@code opted-out} or {@code opted-in}, where the text turns out to be such a wish
 */
record Reply(
        String body, Purpose template, boolean needsPerson, Offer offer, UUID faqId, String unanswered, String ledger) {

    /** Nothing is sent. */
    static Reply none() {
        return new Reply(null, null, false, null, null, null, null);
    }

    static Reply say(String body) {
        return new Reply(body, null, false, null, null, null, null);
    }

    static Reply say(Purpose template) {
        return new Reply(null, template, false, null, null, null, null);
    }

    static Reply offer(String body, Offer offer) {
        return new Reply(body, null, false, offer, null, null, null);
    }

    static Reply faq(String answer, UUID faqId) {
        return new Reply(answer, null, false, null, faqId, null, null);
    }

    /** A person is needed, and told so unless one is there already. */
    static Reply handOver(boolean quietly) {
        return new Reply(null, quietly ? null : Purpose.HAND_OVER, true, null, null, null, null);
    }

    static Reply enter(String ledger) {
        return new Reply(null, null, false, null, null, null, ledger);
    }

    Reply unanswered(String question) {
        return new Reply(body, template, needsPerson, offer, faqId, question, ledger);
    }
}
