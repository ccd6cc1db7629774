package dev.frontdesk.call.twilio;

import dev.frontdesk.call.Answer;
import java.util.Optional;

/** The few sentences of TwiML we speak. */
final class Twiml {

    static final String MEDIA_TYPE = "text/xml;charset=utf-8";

    /** Tells Twilio to repeat a callback that was not taken; by default it does so only when it cannot connect. */
    static final String PERSISTENTLY = "#rc=3&rp=all&rt=5000";

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private Twiml() {}

    /**
     * Connects the caller; a SIP agent gets the call's id as {@code X-Call-Ref}, so that what it reports finds the row.
     *
     * @param base public URL of the client's voice webhook
     */
    static String connect(Answer.Line line, String callRef, String base) {
        String target = line.connectTo().orElse("").trim();
        if (target.isEmpty()) {
            return goodbye(Optional.of(line.sentence()));
        }
        if (target.startsWith("wss://")) {
            return response("""
                    <Connect action="%s" method="POST"><Stream name="agent" url="%s" statusCallback="%s"><Parameter name="callRef" \
                    value="%s"/></Stream></Connect>""".formatted(base + "/dial", text(target), callback(base + "/stream"), text(callRef)));
        }
        String events = "statusCallback=\"%s\" statusCallbackEvent=\"initiated ringing answered completed\""
                .formatted(callback(base + "/status"));
        return response("""
                <Dial action="%s/dial" answerOnBridge="true" method="POST" record="record-from-answer-dual" \
                recordingStatusCallback="%s" timeout="20">%s</Dial>""".formatted(
                        base,
                        callback(base + "/recording"),
                        target.startsWith("sip:") || target.startsWith("sips:")
                                ? "<Sip %s>%s</Sip>".formatted(events, text(withReference(target, callRef)))
                                : "<Number %s>%s</Number>".formatted(events, text(target))));
    }

    /** Says the sentence and hangs up; nothing to say ends the call. */
    static String goodbye(Optional<String> sentence) {
        return sentence.map(it -> response("<Say>" + text(it) + "</Say><Hangup/>"))
                .orElse(HEAD + "<Response/>");
    }

    private static String response(String verbs) {
        return HEAD + "<Response>" + verbs + "</Response>";
    }

    private static String withReference(String sip, String callRef) {
        return sip + (sip.contains("?") ? "&" : "?") + "X-Call-Ref=" + callRef;
    }

    private static String callback(String url) {
        return text(url + PERSISTENTLY);
    }

    private static String text(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
