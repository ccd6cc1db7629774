package dev.frontdesk.sms.inbound;

import dev.frontdesk.sms.inbound.SignedForms.Signed;
import dev.frontdesk.sms.outbound.SecondChances;
import dev.frontdesk.sms.replies.Replies;
import dev.frontdesk.webhook.Form;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What Twilio tells us about texts: one that came in, and what became of one that went out. Source: providers.md A4, A5. */
@Path("/")
@Cancellable(false)
public class TwilioMessagingResource {

    /** No reply here: a reply is a text of its own, written afterwards. */
    private static final String NOTHING = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    private static final String TWIML = "text/xml;charset=UTF-8";

    private final SignedForms forms;
    private final InboundTexts texts;
    private final DeliveryReports reports;
    private final Replies replies;
    private final SecondChances chances;
    private final MeterRegistry metrics;

    TwilioMessagingResource(
            SignedForms forms,
            InboundTexts texts,
            DeliveryReports reports,
            Replies replies,
            SecondChances chances,
            MeterRegistry metrics) {
        this.forms = forms;
        this.texts = texts;
        this.reports = reports;
        this.replies = replies;
        this.chances = chances;
        this.metrics = metrics;
    }

    @POST
    @Path("webhooks/twilio/{client_id}/sms")
    public Uni<Response> received(@PathParam("client_id") String clientId, HttpServerRequest request, byte[] body) {
        Signed signed = forms.open(clientId, request, body);
        InboundText text = InboundText.of(signed.form(), signed.client().region());
        return texts.store(clientId, text)
                .invoke(isNew -> count("sms", isNew ? "stored" : "duplicate"))
                .invoke(isNew -> {
                    if (isNew && !text.wish().wantsNoReply()) {
                        replies.wake(clientId);
                    }
                })
                .map(isNew -> Response.ok(NOTHING, TWIML).build());
    }

    /** The path of existing deployments of the seed platform. */
    @POST
    @Path("api/webhooks/twilio/sms")
    public Uni<Response> received(HttpServerRequest request, byte[] body) {
        return received("default", request, body);
    }

    @POST
    @Path("webhooks/twilio/{client_id}/sms/status")
    public Uni<Response> reported(
            @PathParam("client_id") String clientId,
            @QueryParam("message") String message,
            HttpServerRequest request,
            byte[] body) {
        Form form = forms.open(clientId, request, body).form();
        String sid = SignedForms.sid(form, "MessageSid", "SmsSid");
        Optional<DeliveryStatus> status =
                form.text("MessageStatus").or(() -> form.text("SmsStatus")).flatMap(DeliveryStatus::of);
        if (status.isEmpty()) {
            count("sms-status", "unknown-status");
            return Uni.createFrom().item(Response.ok().build());
        }
        return reports.note(
                        clientId,
                        sid,
                        ours(message),
                        status.get(),
                        form.text("ErrorCode").orElse(null))
                .invoke(outcome -> count("sms-status", outcome))
                .call(outcome -> status.get().status().equals("failed")
                        ? chances.consider(clientId, sid, form.text("ErrorCode").orElse(null))
                        : Uni.createFrom().voidItem())
                .map(outcome -> Response.ok().build());
    }

    /** The path of existing deployments; what has a CallSid instead is the status of a call, which the gateway sends there. */
    @POST
    @Path("api/webhooks/twilio/status")
    public Uni<Response> reported(HttpServerRequest request, byte[] body) {
        return reported("default", null, request, body);
    }

    private static UUID ours(String message) {
        try {
            return message == null ? null : UUID.fromString(message);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    private void count(String kind, String outcome) {
        metrics.counter("frontdesk_webhooks", "provider", "twilio", "kind", kind, "outcome", outcome)
                .increment();
    }
}
