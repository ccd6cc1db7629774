package dev.frontdesk.call.twilio;

import dev.frontdesk.call.Answer;
import dev.frontdesk.call.CallFacts;
import dev.frontdesk.call.Question;
import dev.frontdesk.call.Secrets;
import dev.frontdesk.call.VoiceProvider;
import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.Forbidden;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.settings.Clients.Twilio;
import dev.frontdesk.webhook.Form;
import dev.frontdesk.webhook.RawRequest;
import dev.frontdesk.webhook.TwilioSignature;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Twilio Voice: forms signed over the public URL, told apart by the last part of the path, answered in TwiML. */
@ApplicationScoped
public class TwilioVoice implements VoiceProvider {

    private static final Logger LOG = Logger.getLogger(TwilioVoice.class);

    private final String publicUrl;

    TwilioVoice(@ConfigProperty(name = "frontdesk.public-url") String publicUrl) {
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
    }

    @Override
    public String name() {
        return TwilioFacts.PROVIDER;
    }

    @Override
    public void verify(RawRequest request, Client client, Instant now) {
        Twilio account = client.twilio().orElseThrow(TwilioVoice::refused);
        // Too many fields are refused as that, before anything is computed from them.
        Form form = request.form();
        if (!TwilioSignature.verify(request, account.authToken())) {
            LOG.warnf(
                    "Twilio signature does not match for %s with fields %s",
                    request.url().replaceFirst("\\?.*", ""), form.names());
            throw refused();
        }
        if (form.first("AccountSid").filter(account.accountSid()::equals).isEmpty()) {
            throw refused();
        }
    }

    private static Forbidden refused() {
        return new Forbidden("The request is not signed by this client's Twilio account");
    }

    @Override
    public Reading read(RawRequest request, Client client) {
        Form form = request.form();
        String call = TwilioFacts.text(form, "CallSid")
                .orElseThrow(() -> new BadRequest("The request names no call (CallSid)"));
        TwilioFacts facts = new TwilioFacts(form, client, request.receivedAt());
        return switch (kind(request)) {
            case "recording" -> told("recording", facts.recording(), form);
            case "transcription" -> told("transcription", facts.transcription(), form);
            case "amd" -> told("amd", facts.answeredBy(), form);
            case "stream" -> told("stream", facts.stream(), form);
            case "dial" ->
                asked(
                        "dial",
                        facts.dial(),
                        new Question.WhatNext(form.text("DialCallStatus")
                                .filter(TwilioFacts.UNREACHED::contains)
                                .isEmpty()),
                        form);
            case "voice" -> asked("voice", facts.incoming(), new Question.WhoAnswers(call), form);
            default -> told("status", facts.status(), form);
        };
    }

    @Override
    public Reply reply(Reading reading, Answer answer, String clientId) {
        if (answer instanceof Answer.Line line) {
            String ref = ((Question.WhoAnswers) reading.question()).callRef();
            return new Reply(
                    200,
                    Twiml.MEDIA_TYPE,
                    Twiml.connect(line, ref, publicUrl + "/webhooks/twilio/" + clientId + "/voice"));
        }
        if (answer instanceof Answer.Goodbye goodbye) {
            return new Reply(200, Twiml.MEDIA_TYPE, Twiml.goodbye(goodbye.sentence()));
        }
        return Reply.empty(200);
    }

    private static String kind(RawRequest request) {
        String path = request.url().replaceFirst("[?#].*", "").replaceFirst("/+$", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Reading told(String kind, List<CallFacts> facts, Form form) {
        return asked(kind, facts, new Question.Nothing(), form);
    }

    private static Reading asked(String kind, List<CallFacts> facts, Question question, Form form) {
        return new Reading(kind, facts, question, facts.isEmpty() ? null : Secrets.strip(form));
    }
}
