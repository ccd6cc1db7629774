package dev.frontdesk.call.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.call.knowledge.FaqMatch.Faq;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FaqMatchTest {

    private static final Faq PARKING =
            faq("Where can I park?", "Behind the house, two hours are free.", "parking", "car");
    private static final Faq HOURS =
            faq("When are you open?", "Monday to Saturday, eight to eight.", "hours", "opening");
    private static final Faq PETS = faq("Do you wash pet blankets?", "Yes, separately.", "pets", "dog", "cat");
    private static final List<Faq> FAQS = List.of(PARKING, HOURS, PETS);

    private static Faq faq(String question, String answer, String... keywords) {
        return new Faq(UUID.randomUUID(), question, answer, List.of(keywords));
    }

    @Test
    void theFaqThatIsAboutTheQuestionAnswersIt() {
        assertThat(FaqMatch.best(FAQS, "is there parking for my car?")).contains(PARKING);
        assertThat(FaqMatch.best(FAQS, "what are your opening hours")).contains(HOURS);
        assertThat(FaqMatch.best(FAQS, "can I bring my dog's blanket for washing"))
                .contains(PETS);
    }

    @Test
    void noAnswerIsBetterThanAWrongOne() {
        assertThat(FaqMatch.best(FAQS, "do you repair bicycles in Norway")).isEmpty();
        assertThat(FaqMatch.best(FAQS, "what is it")).isEmpty();
        assertThat(FaqMatch.best(FAQS, "")).isEmpty();
        assertThat(FaqMatch.best(List.of(), "parking")).isEmpty();
    }

    @Test
    void aQuestionLeavesTheServiceWithoutDigits() {
        assertThat(Copies.masked("is 415 555 0123 mine")).isEqualTo("is ••• ••• •••• mine");
        assertThat(Copies.masked("x".repeat(300))).hasSize(200);
    }
}
