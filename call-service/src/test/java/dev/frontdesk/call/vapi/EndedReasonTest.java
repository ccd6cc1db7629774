package dev.frontdesk.call.vapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.call.Ending;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All families of Vapi's endedReason, from a table (providers.md D2). */
class EndedReasonTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            customer-ended-call, completed, -
            customer-ended-call-before-warm-transfer, completed, -
            customer-ended-call-after-warm-transfer-attempt, completed, -
            customer-ended-call-during-transfer, completed, -
            assistant-ended-call, completed, -
            assistant-said-end-call-phrase, completed, -
            assistant-ended-call-with-hangup-task, completed, -
            assistant-ended-call-after-message-spoken, completed, -
            assistant-forwarded-call, completed, -
            silence-timed-out, completed, [silence timed out]
            exceeded-max-duration, completed, [maximum duration]
            call.in-progress.twilio-completed-call, completed, -
            call.in-progress.sip-completed-call, completed, -
            vonage-completed, completed, -
            vonage-disconnected, completed, -
            call.forwarding.operator-busy, completed, [transfer failed]
            call.forwarding.no-answer, completed, [transfer failed]
            call.ringing.hook-executed-say, completed, [hook: say]
            call.ringing.hook-executed-transfer, completed, [hook: transfer]
            call.ending.hook-executed-say, completed, [hook: say]
            call.ending.hook-executed-transfer, completed, [hook: transfer]
            assistant-request-returned-forwarding-phone-number, completed, [forwarded]
            voicemail, completed, [voicemail]
            customer-busy, busy, -
            customer-did-not-answer, no-answer, -
            call.ringing.sip-inbound-caller-hungup-before-call-connect, no-answer, -
            call.in-progress.error-providerfault-outbound-sip-408-request-timeout, no-answer, -
            call.in-progress.error-providerfault-outbound-sip-480-temporarily-unavailable, no-answer, -
            call.in-progress.error-providerfault-outbound-sip-403-forbidden, failed, -
            call.in-progress.error-providerfault-outbound-sip-407-proxy-authentication-required, failed, -
            call.in-progress.error-providerfault-outbound-sip-503-service-unavailable, failed, -
            call.in-progress.error-providerfault-transport-never-connected, failed, -
            manually-canceled, no-answer, [canceled]
            phone-call-provider-closed-websocket, failed, -
            call-start-error-neither-assistant-nor-server-set, failed, -
            assistant-request-failed, failed, -
            assistant-request-returned-error, failed, -
            assistant-request-returned-unspeakable-error, failed, -
            assistant-request-returned-invalid-assistant, failed, -
            assistant-request-returned-no-assistant, failed, -
            assistant-not-valid, failed, -
            assistant-not-found, failed, -
            assistant-join-timed-out, failed, -
            call.start.assistant-version-error-validation, failed, -
            twilio-failed-to-connect-call, failed, -
            twilio-reported-customer-misdialed, failed, -
            vonage-failed-to-connect-call, failed, -
            vonage-rejected, failed, -
            call.ringing.error-sip-inbound-call-failed-to-connect, failed, -
            phone-call-provider-bypass-enabled-but-no-call-received, failed, -
            worker-shutdown, failed, -
            customer-did-not-give-microphone-permission, failed, -
            call-deleted, failed, [deleted]
            scheduled-call-deleted, failed, [deleted]
            call.start.error-vapifault-get-org, failed, -
            call.start.error-subscription-frozen, failed, -
            call.start.error-enterprise-feature-not-available-recording-consent, failed, -
            call.in-progress.error-pipeline-no-available-llm-model, failed, -
            call.in-progress.error-warm-transfer-max-duration, failed, -
            call.in-progress.error-assistant-did-not-receive-customer-audio, failed, -
            call.in-progress.error-transfer-failed, failed, -
            call.in-progress.error-vapifault-openai-llm-failed, failed, -
            call.in-progress.error-providerfault-deepgram-transcriber-failed, failed, -
            pipeline-error-openai-llm-failed, failed, -
            pipeline-error-eleven-labs-voice-failed, failed, -
            """)
    void everyFamilyHasItsStatus(String reason, String status, String remark) {
        Ending ending = EndedReason.of(reason, false, 0);
        assertThat(ending.status()).isEqualTo(status);
        assertThat(ending.remark()).isEqualTo(remark);
        assertThat(ending.known()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            manually-canceled, true, 0, completed, false
            manually-canceled, true, 30, completed, false
            manually-canceled, true, -, completed, false
            manually-canceled, false, -, no-answer, false
            manually-canceled, -, -, no-answer, true
            phone-call-provider-closed-websocket, true, 12, completed, false
            phone-call-provider-closed-websocket, true, 0, failed, false
            phone-call-provider-closed-websocket, true, -, failed, true
            phone-call-provider-closed-websocket, false, -, failed, false
            phone-call-provider-closed-websocket, -, -, failed, true
            call-deleted, true, 12, failed, true
            something-new-2031, true, 12, completed, false
            something-new-2031, true, -, failed, true
            something-new-2031, false, -, failed, false
            something-new-2031, -, -, failed, true
            -, true, 12, completed, false
            """)
    void whereTheReasonDoesNotDecideTheCallDoes(
            String reason, Boolean started, Integer duration, String status, boolean guess) {
        Ending ending = EndedReason.of(reason, started, duration);
        assertThat(ending.status()).isEqualTo(status);
        assertThat(ending.guess()).isEqualTo(guess);
    }
}
