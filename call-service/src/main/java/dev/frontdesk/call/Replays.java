package dev.frontdesk.call;

import dev.frontdesk.settings.Clients;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.webhook.RawRequest;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the kept messages of a call once more, with today's reading: what a mapping got wrong is put right from them. */
@ApplicationScoped
class Replays {

    /** Ours, or the answers of REST APIs; not webhooks. */
    private static final Set<String> NOT_WEBHOOKS = Set.of("poll", "close", "dialled");

    private final Tenant tenant;
    private final Clients clients;
    private final Calls calls;
    private final Map<String, VoiceProvider> providers;

    Replays(Tenant tenant, Clients clients, Calls calls, @All List<VoiceProvider> providers) {
        this.tenant = tenant;
        this.clients = clients;
        this.calls = calls;
        this.providers = providers.stream().collect(Collectors.toMap(VoiceProvider::name, Function.identity()));
    }

    private record Kept(String provider, String kind, String body, Instant receivedAt) {
        static Kept of(Row row) {
            return new Kept(
                    row.getString("provider"),
                    row.getString("kind"),
                    row.getString("body"),
                    row.getOffsetDateTime("received_at").toInstant());
        }

        /** The request as far as reading it needs; Twilio's forms are told apart by their path. */
        RawRequest request() {
            String path = kind.equals("leg") ? "status" : kind;
            return new RawRequest("POST", "/" + path, "", body.getBytes(StandardCharsets.UTF_8), List.of(), receivedAt);
        }
    }

    /** Applies the call's kept messages in the order they came; answers how many there were. */
    Uni<Integer> replay(String clientId, UUID callId) {
        Client client = clients.get(clientId);
        String reason = "replay " + UUID.randomUUID();
        return tenant.sql(clientId, connection -> connection.preparedQuery("""
                                select provider, kind, body, received_at from call_events
                                where call_id = $1 and body is not null order by received_at, id
                                """).execute(Tuple.of(callId)))
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .map(Kept::of)
                .filter(kept -> providers.containsKey(kept.provider()) && !NOT_WEBHOOKS.contains(kept.kind()))
                .onItem()
                .transformToMultiAndConcatenate(kept -> Multi.createFrom()
                        .iterable(providers
                                .get(kept.provider())
                                .read(kept.request(), client)
                                .facts()))
                .onItem()
                .transformToUniAndConcatenate(facts -> calls.record(clientId, facts.again(reason), null))
                .collect()
                .asList()
                .map(List::size);
    }
}
