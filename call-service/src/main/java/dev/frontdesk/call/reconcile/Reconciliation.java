package dev.frontdesk.call.reconcile;

import dev.frontdesk.call.CallFacts;
import dev.frontdesk.call.CallFacts.Source;
import dev.frontdesk.call.Calls;
import dev.frontdesk.call.reconcile.CallControl.Fetched;
import dev.frontdesk.call.reconcile.DueCalls.DueCall;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.settings.Clients.Client;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Asks providers for what they did not tell: the end of calls that are in progress for too long, the real end of those we
 * had to guess, and prices, which come later and only on request. What nobody knows any more is closed with a note.
 */
@ApplicationScoped
class Reconciliation {

    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    /** One provider that does not answer must not keep the others waiting. */
    private static final int AT_A_TIME = 8;

    /** What may stand in the path of a request to a provider. */
    private static final Pattern ID = Pattern.compile("[\\w-]{1,300}");

    private final DueCalls due;
    private final Calls calls;
    private final Clients clients;
    private final Map<String, CallControl> providers;
    private final AtomicLong stuck;

    Reconciliation(
            DueCalls due, Calls calls, Clients clients, @All List<CallControl> providers, MeterRegistry metrics) {
        this.due = due;
        this.calls = calls;
        this.clients = clients;
        this.providers = providers.stream().collect(Collectors.toMap(CallControl::name, Function.identity()));
        this.stuck = metrics.gauge("frontdesk_stuck_calls", new AtomicLong());
    }

    @Scheduled(every = "${frontdesk.calls.reconcile-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> reconcile() {
        return due.countStuck().invoke(stuck::set).chain(due::clients).chain(this::each);
    }

    private Uni<Void> each(List<String> clientIds) {
        return Multi.createFrom()
                .iterable(clientIds)
                .filter(clients.all()::containsKey)
                .onItem()
                .transformToUniAndConcatenate(this::client)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> client(String clientId) {
        return due.claim(clientId)
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUni(call -> call(clientId, clients.get(clientId), call))
                .merge(AT_A_TIME)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> call(String clientId, Client client, DueCall call) {
        return conversation(clientId, client, call)
                .chain(() -> bill(clientId, client, call))
                .onFailure()
                .invoke(e -> LOG.warnf("call %s could not be asked for: %s", call.id(), e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** The one who held the conversation knows how it ended. */
    private Uni<Void> conversation(String clientId, Client client, DueCall call) {
        if (!call.isOpen() || call.providerCallId() == null) {
            return Uni.createFrom().voidItem();
        }
        CallControl provider = providers.get(call.provider());
        return ask(provider, client, call)
                .onFailure(e -> call.isHopeless())
                .recoverWithNull()
                .chain(fetched -> fetched == null || fetched.facts() == null && call.isHopeless()
                        ? close(clientId, call)
                        : record(clientId, fetched));
    }

    /** Null where there is nothing to be known: the provider does not know the call, or nobody could have such an id. */
    private static Uni<Fetched> ask(CallControl provider, Client client, DueCall call) {
        if (!ID.matcher(call.providerCallId()).matches()) {
            return Uni.createFrom().nullItem();
        }
        return provider != null && provider.isConfigured(client)
                ? provider.fetch(client, call.providerCallId())
                : Uni.createFrom().item(new Fetched(null, null));
    }

    /** The carrier knows what it costs, whoever held the conversation. */
    private Uni<Void> bill(String clientId, Client client, DueCall call) {
        CallControl carrier = providers.get("twilio");
        boolean asked = call.isOpen() && carrier.name().equals(call.provider());
        if (!call.needsBill()
                || asked
                || !carrier.isConfigured(client)
                || !ID.matcher(call.carrierCallId()).matches()) {
            return Uni.createFrom().voidItem();
        }
        return carrier.fetch(client, call.carrierCallId())
                .chain(fetched -> fetched == null ? Uni.createFrom().voidItem() : record(clientId, fetched))
                .chain(() -> call.wasLastAttempt()
                        ? due.priceUnknown(clientId, call)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> record(String clientId, Fetched fetched) {
        return fetched.facts() == null
                ? Uni.createFrom().voidItem()
                : calls.record(clientId, fetched.facts(), fetched.raw()).replaceWithVoid();
    }

    private Uni<Void> close(String clientId, DueCall call) {
        LOG.warnf("call %s is closed: nobody knows how it ended", call.id());
        Source source = call.provider().equals("twilio") ? Source.CARRIER : Source.AGENT;
        CallFacts facts = CallFacts.of(call.provider(), source, "close", "close:" + call.id())
                .call(call.providerCallId())
                .status(call.wasAnswered() ? "completed" : "failed", "unknown")
                .guessed()
                .statusRemark("[closed without a final report]");
        return calls.record(clientId, facts, null).replaceWithVoid();
    }
}
