package dev.frontdesk.call.retell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisconnectionTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            dial_busy, busy
            dial_no_answer, no-answer
            user_declined, no-answer
            registered_call_timeout, no-answer
            error_user_not_joined, no-answer
            dial_failed, failed
            invalid_destination, failed
            telephony_provider_permission_denied, failed
            telephony_provider_unavailable, failed
            sip_routing_error, failed
            marked_as_spam, failed
            scam_detected, failed
            concurrency_limit_reached, failed
            no_concurrency_fallback, failed
            no_valid_payment, failed
            error_llm_websocket_open, failed
            error_retell, failed
            user_hangup, completed
            agent_hangup, completed
            call_transfer, completed
            transfer_bridged, completed
            transfer_cancelled, completed
            inactivity, completed
            max_duration_reached, completed
            ivr_reached, completed
            manual_stopped, completed
            call_take_over, completed
            voicemail_reached, completed
            """)
    void everyReasonHasItsStatus(String reason, String status) {
        assertThat(Disconnection.of(reason, false, 0).status()).isEqualTo(status);
        assertThat(Disconnection.of(reason, false, 0).known()).isTrue();
    }

    @Test
    void aNewReasonIsDecidedByTheDuration() {
        assertThat(Disconnection.of("new_2031", false, 3).status()).isEqualTo("completed");
        assertThat(Disconnection.of("new_2031", false, 0).status()).isEqualTo("failed");
        assertThat(Disconnection.of(null, false, null).known()).isFalse();
    }

    @Test
    void voicemailIsCompletedWithANote() {
        assertThat(Disconnection.of("voicemail_reached", false, 3).remark()).isEqualTo("[voicemail]");
        assertThat(Disconnection.of("agent_hangup", true, 3).remark()).isEqualTo("[voicemail]");
    }
}
