package dev.frontdesk.call.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.call.Answer;
import dev.frontdesk.webhook.Form;
import dev.frontdesk.webhook.TwilioSignature;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TwimlTest {

    private static final String BASE = "https://desk.example.com/webhooks/twilio/acme/voice";

    private static final String PERSISTENTLY = "#rc=3&amp;rp=all&amp;rt=5000";

    private static String connect(String target) {
        return Twiml.connect(new Answer.Line(Optional.ofNullable(target), "Nobody's here & sorry"), "CA1", BASE);
    }

    @Test
    void aSipAgentIsDialledWithTheReferenceTheRecordingAndTheStatus() {
        assertThat(connect("sip:agent@sip.vapi.ai?X-Tenant=a"))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Dial action=\"" + BASE
                        + "/dial\" answerOnBridge=\"true\" method=\"POST\" record=\"record-from-answer-dual\""
                        + " recordingStatusCallback=\"" + BASE + "/recording" + PERSISTENTLY
                        + "\" timeout=\"20\"><Sip statusCallback=\""
                        + BASE
                        + "/status" + PERSISTENTLY + "\" statusCallbackEvent=\"initiated ringing answered completed\">"
                        + "sip:agent@sip.vapi.ai?X-Tenant=a&amp;X-Call-Ref=CA1</Sip></Dial></Response>");
    }

    @Test
    void aNumberIsDialledAndAStreamConnected() {
        assertThat(connect("+14155550177"))
                .contains("<Number statusCallback=\"" + BASE + "/status" + PERSISTENTLY + "\"")
                .contains(">+14155550177</Number>");
        assertThat(connect("wss://media.example.com/twilio"))
                .contains("<Connect action=\"" + BASE + "/dial\"")
                .contains("<Stream name=\"agent\" url=\"wss://media.example.com/twilio\" statusCallback=\"" + BASE
                        + "/stream" + PERSISTENTLY + "\">")
                .contains("<Parameter name=\"callRef\" value=\"CA1\"/>");
    }

    @Test
    void whatTellsTwilioToRepeatIsNotSigned() {
        Form form = Form.parse("CallSid=CA1&CallStatus=completed");
        String signature = TwilioSignature.sign(BASE + "/status", form, "token");
        assertThat(TwilioSignature.verify(BASE + "/status" + Twiml.PERSISTENTLY, form, signature, List.of("token")))
                .isTrue();
    }

    @Test
    void withNothingConfiguredTheCallerHearsASentence() {
        assertThat(connect(null)).endsWith("<Response><Say>Nobody's here &amp; sorry</Say><Hangup/></Response>");
        assertThat(connect(" ")).contains("<Say>");
        assertThat(Twiml.goodbye(Optional.empty())).endsWith("<Response/>");
    }
}
