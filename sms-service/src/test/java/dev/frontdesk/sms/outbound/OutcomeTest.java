package dev.frontdesk.sms.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.ProcessingException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void onlyWhatWasCertainlyNotTakenIsPostedAgain() {
        assertThat(Outcome.of(new Refusal(429, 20429, Duration.ofSeconds(7))))
                .isInstanceOfSatisfying(
                        Outcome.Later.class, it -> assertThat(it.pause()).contains(Duration.ofSeconds(7)));
        assertThat(Outcome.of(new Refusal(400, 21611, null))).isInstanceOf(Outcome.Later.class);
        assertThat(Outcome.of(new ProcessingException(new ConnectException("refused"))))
                .isInstanceOf(Outcome.Later.class);
    }

    @Test
    void whatMayHaveBeenTakenIsUnclear() {
        for (int status : new int[] {500, 502, 503, 504, 408}) {
            assertThat(Outcome.of(new Refusal(status, 0, null))).isInstanceOf(Outcome.Unclear.class);
        }
        assertThat(Outcome.of(new TimeoutException())).isInstanceOf(Outcome.Unclear.class);
        assertThat(Outcome.of(new ProcessingException("closed"))).isInstanceOf(Outcome.Unclear.class);
        assertThat(Outcome.of((TwilioApi.Message) null)).isInstanceOf(Outcome.Unclear.class);
    }

    @Test
    void finalErrorsAreNeverPostedAgain() {
        for (int code : new int[] {21211, 21614, 21608, 21606, 21612, 21408, 21602, 21617, 21609}) {
            assertThat(Outcome.of(new Refusal(400, code, null))).isEqualTo(new Outcome.Refused(Integer.toString(code)));
        }
        assertThat(Outcome.of(new Refusal(400, 21610, null))).isInstanceOf(Outcome.OptedOut.class);
        assertThat(Outcome.of(new Refusal(403, 21408, null))).isEqualTo(new Outcome.Refused("21408"));
        assertThat(Outcome.of(new Refusal(403, 0, null))).isEqualTo(new Outcome.Halted("403"));
        assertThat(Outcome.of(new Refusal(401, 20003, null))).isEqualTo(new Outcome.Halted("20003"));
    }

    @Test
    void backOffGrowsToFiveMinutesAndIsHalfChance() {
        assertThat(HandOver.backOff(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(HandOver.backOff(3)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(HandOver.backOff(40)).isBetween(Duration.ofSeconds(150), Duration.ofSeconds(300));
    }
}
