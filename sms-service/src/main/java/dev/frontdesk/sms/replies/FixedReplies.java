package dev.frontdesk.sms.replies;

import dev.frontdesk.knowledge.FaqAnswers;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.sms.optout.Wish;
import dev.frontdesk.sms.templates.Purpose;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers by fixed words: bookings by C, X, R and reference, questions from the FAQs, all else by a person. */
@ApplicationScoped
class FixedReplies implements ReplyEngine {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final Pattern MACHINE = Pattern.compile(
            "\\b(?:auto ?(?:reply|response|responder)|automat(?:ic|ed)(?:ally)? (?:reply|response|message|generated)|out of (?:the )?office"
                    + "|do not reply|not monitored|unattended mailbox|i m driving|im driving|driving right now|abwesenheitsnotiz)\\b");
    private static final int LONGEST_QUESTION = 200;

    private final BookingTalk bookings;
    private final FaqAnswers faqs;
    private final Tenant tenant;
    private final Clients clients;

    FixedReplies(BookingTalk bookings, FaqAnswers faqs, Tenant tenant, Clients clients) {
        this.bookings = bookings;
        this.faqs = faqs;
        this.tenant = tenant;
        this.clients = clients;
    }

    @Override
    public Uni<Reply> answer(Situation text) {
        Meaning meaning = Meaning.of(text.body());
        if (text.optedOut()) {
            return item(meaning.kind() == Meaning.Kind.YES ? Reply.enter("opted-in") : Reply.handOver(true));
        } else if (isMachine(text)) {
            return item(Reply.none());
        }
        return switch (meaning.kind()) {
            case HELP -> item(Reply.say(Purpose.HELP));
            case PERSON -> item(Reply.handOver(false));
            case OTHER -> ask(text);
            case HOURS -> hours(text);
            default -> bookings.about(text, meaning).chain(reply -> reply == null ? ask(text) : item(reply));
        };
    }

    /** From the FAQs; else by a person, with the question noted where it was one. */
    private Uni<Reply> ask(Situation text) {
        Reply handOver = Reply.handOver(text.staffActive());
        return faq(text)
                .map(found -> found.orElseGet(
                        () -> text.body().contains("?") ? handOver.unanswered(masked(text.body())) : handOver));
    }

    /** What the business says of its hours, else what the calendar does. */
    private Uni<Reply> hours(Situation text) {
        return faq(text)
                .chain(found -> found.map(FixedReplies::item)
                        .orElseGet(() -> bookings.hours(text).map(Reply::say)));
    }

    private Uni<Optional<Reply>> faq(Situation text) {
        return text.body().isBlank()
                ? Uni.createFrom().item(Optional.empty())
                : tenant.sql(text.clientId(), connection -> faqs.find(connection, text.clientId(), text.body()))
                        .map(found -> found.map(answer -> Reply.faq(answer.text(), answer.faqId())));
    }

    /** Short codes, our own numbers, auto-replies, and whoever repeats himself to our every answer. */
    private boolean isMachine(Situation text) {
        boolean ours = clients.all().values().stream()
                .flatMap(client -> client.twilio().stream())
                .flatMap(twilio -> twilio.from().stream())
                .anyMatch(text.phoneNumber()::equals);
        return ours
                || text.looping()
                || Phones.isAnonymous(text.phoneNumber())
                || !E164.matcher(text.phoneNumber()).matches()
                || MACHINE.matcher(Wish.words(text.body())).find();
    }

    private static String masked(String question) {
        String short200 = question.length() > LONGEST_QUESTION ? question.substring(0, LONGEST_QUESTION) : question;
        return short200.replaceAll("\\d", "#");
    }

    private static Uni<Reply> item(Reply reply) {
        return Uni.createFrom().item(reply);
    }
}
