package dev.frontdesk.call;

import dev.frontdesk.call.VoiceProvider.Reading;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.webhook.RawRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The one way of a webhook through the service, whoever sends it: known client, verified, read, recorded, answered. What
 * only tells is answered when it is stored; what a caller waits for is answered in any case.
 */
@ApplicationScoped
public class Webhooks {

    private static final Logger LOG = Logger.getLogger(Webhooks.class);

    private final Clients clients;
    private final Tenant tenant;
    private final Calls calls;
    private final Reception reception;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final String publicUrl;
    private final Duration recordDeadline;

    Webhooks(
            Clients clients,
            Tenant tenant,
            Calls calls,
            Reception reception,
            Clock clock,
            MeterRegistry metrics,
            @ConfigProperty(name = "frontdesk.public-url") String publicUrl,
            @ConfigProperty(name = "frontdesk.calls.record-deadline") Duration recordDeadline) {
        this.clients = clients;
        this.tenant = tenant;
        this.calls = calls;
        this.reception = reception;
        this.clock = clock;
        this.metrics = metrics;
        this.publicUrl = publicUrl;
        this.recordDeadline = recordDeadline;
    }

    /** Takes a request of the provider in. */
    public Uni<Response> receive(VoiceProvider provider, String clientId, HttpServerRequest http, byte[] body) {
        Client client = clients.get(clientId);
        RawRequest request = RawRequest.of(http, publicUrl, body, clock.instant());
        provider.verify(request, client, clock.instant());
        tenant.enter(clientId);
        Reading reading = provider.read(request, client);
        return (reading.question() instanceof Question.Nothing
                        ? store(clientId, reading).replaceWith((Answer) new Answer.Noted())
                        : answer(clientId, client, reading))
                .map(answer -> response(provider.reply(reading, answer, clientId)));
    }

    private Uni<Void> store(String clientId, Reading reading) {
        if (reading.facts().isEmpty()) {
            metrics.counter("frontdesk_webhooks_unused", "kind", known(reading.kind()))
                    .increment();
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom()
                .iterable(reading.facts())
                .onItem()
                .transformToUniAndConcatenate(facts -> calls.record(clientId, facts, reading.raw()))
                .onItem()
                .ignoreAsUni();
    }

    /** Somebody is on the line: a database that is away or slow costs us the record for now, not the caller. */
    private Uni<Answer> answer(String clientId, Client client, Reading reading) {
        Uni<Void> stored = store(clientId, reading)
                .ifNoItem()
                .after(recordDeadline)
                .fail()
                .onFailure()
                .invoke(e -> LOG.errorf("%s of %s is answered but not recorded: %s", reading.kind(), clientId, e))
                .onFailure()
                .recoverWithNull();
        Uni<Answer> answered = Uni.createFrom().deferred(() -> reception.answer(clientId, client, reading.question()));
        // Tools belong to a call's row; other answers don't wait for it.
        return reading.question() instanceof Question.RunTools
                ? stored.chain(() -> answered)
                : Uni.combine().all().unis(stored, answered).with((nothing, answer) -> answer);
    }

    /** Kinds come from outside: only plain words become values of a metric. */
    private static String known(String kind) {
        return kind != null && kind.matches("[a-z-]{1,40}") ? kind : "other";
    }

    private static Response response(VoiceProvider.Reply reply) {
        Response.ResponseBuilder answer = Response.status(reply.status());
        return reply.body() == null
                ? answer.build()
                : answer.type(reply.contentType()).entity(reply.body()).build();
    }
}
