package dev.frontdesk.call.tools;

import dev.frontdesk.call.tools.Invocations.Invocation;
import dev.frontdesk.settings.Clients;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Carries out what callers asked for while booking-service was away, or what a crash left half done: again under the same
 * key, until there is an answer. What can't be done after all becomes a remark at the call, for staff.
 */
@ApplicationScoped
class Unsettled {

    private static final Logger LOG = Logger.getLogger(Unsettled.class);
    /** With doubling pauses of at most ten minutes: about a day. */
    private static final int MOST_ATTEMPTS = 150;

    private final Invocations invocations;
    private final Tools tools;
    private final Clients clients;

    Unsettled(Invocations invocations, Tools tools, Clients clients) {
        this.invocations = invocations;
        this.tools = tools;
        this.clients = clients;
    }

    @Scheduled(every = "${frontdesk.calls.unsettled-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> settle() {
        return invocations
                .clientsWithUnsettled()
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .filter(clients.all()::containsKey)
                .onItem()
                .transformToUniAndConcatenate(this::settle)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> settle(String clientId) {
        return invocations
                .claim(clientId)
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(it -> settle(clientId, it))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> settle(String clientId, Invocation it) {
        return tools.carryOut(clientId, clients.get(clientId), it.phone(), it)
                .map(outcome -> outcome.ok() ? outcome : outcome.remark(remark(it, outcome.sentence())))
                .onFailure(e -> it.attempts() >= MOST_ATTEMPTS)
                .recoverWithItem(() -> Outcome.refused("It could not be done.").remark(remark(it, "not possible")))
                .chain(outcome -> invocations.finish(clientId, it, outcome))
                .replaceWithVoid()
                .onFailure()
                .invoke(e -> LOG.warnf("tool %s of %s is still unsettled: %s", it.name(), it.callId(), e))
                .onFailure()
                .recoverWithNull();
    }

    private static String remark(Invocation it, String sentence) {
        return "[call back: " + it.name() + ": " + sentence + "]";
    }
}
