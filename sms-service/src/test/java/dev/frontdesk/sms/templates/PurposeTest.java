package dev.frontdesk.sms.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.sms.Segments;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PurposeTest {

    @ParameterizedTest
    @EnumSource
    void ourOwnWordsFitOneSegmentAndUseOnlyWhatTheyMay(Purpose purpose) {
        assertThat(purpose.misunderstood(purpose.standard())).isEmpty();
        Segments segments = Segments.of(purpose.example(purpose.standard()));
        assertThat(segments.encoding()).isEqualTo("GSM-7");
        assertThat(segments.count()).isEqualTo(1);
    }

    @Test
    void whatCannotBeFilledInIsFound() {
        assertThat(Purpose.REMINDER.misunderstood("At {{time}} {{ date }}")).isEmpty();
        assertThat(Purpose.REMINDER.misunderstood("At {{tiem}}")).contains("{{tiem}}");
        assertThat(Purpose.TEXT_BACK.misunderstood("At {{time}}")).contains("{{time}}");
        assertThat(Purpose.REMINDER.misunderstood("At {{time")).isPresent();
    }

    @Test
    void aValueIsTextAndNeverAPattern() {
        assertThat(Purpose.fill(
                        "{{customer_name}}: {{address}} at {{time}}",
                        Map.of("customer_name", "$1 {{time}}", "time", "9")))
                .isEqualTo("$1 {{time}}: at 9");
    }
}
