package dev.frontdesk.call.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioStatusTest {

    @ParameterizedTest
    @CsvSource({
        "queued, in-progress",
        "initiated, in-progress",
        "ringing, in-progress",
        "in-progress, in-progress",
        "completed, completed",
        "busy, busy",
        "no-answer, no-answer",
        "failed, failed",
        "canceled, no-answer"
    })
    void everyWordHasItsStatus(String word, String status) {
        assertThat(TwilioStatus.of(word).ours()).isEqualTo(status);
    }

    @Test
    void whatTheStatusDoesNotSayIsANote() {
        assertThat(TwilioStatus.CANCELED.remark("487")).isEqualTo("[canceled]");
        assertThat(TwilioStatus.FAILED.remark("404")).isEqualTo("[SIP 404]");
        assertThat(TwilioStatus.COMPLETED.remark("200")).isNull();
    }

    @Test
    void aNewWordIsNoStatus() {
        assertThat(TwilioStatus.of("pondering")).isNull();
        assertThat(TwilioStatus.of(null)).isNull();
    }
}
