package dev.frontdesk.call.outbound;

import dev.frontdesk.call.Calls;
import dev.frontdesk.call.reconcile.ProviderApi;
import dev.frontdesk.http.Problem;
import dev.frontdesk.http.Unavailable;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.settings.Clients.Voice;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Calls that we start: only to allowed countries, and only when people may be called. */
@ApplicationScoped
public class OutboundCalls {

    private static final Logger LOG = Logger.getLogger(OutboundCalls.class);

    private final Calls calls;
    private final List<Dialler> diallers;
    private final Clock clock;

    OutboundCalls(Calls calls, @All List<Dialler> diallers, Clock clock) {
        this.calls = calls;
        // A voice AI that calls by itself before a carrier that has to be connected with one.
        this.diallers = diallers.stream()
                .sorted(Comparator.comparing(Dialler::name).reversed())
                .toList();
        this.clock = clock;
    }

    /** Starts a call and answers its id; {@code provider} null takes whoever is configured. */
    public Uni<UUID> start(String clientId, Client client, String number, String provider) {
        String phoneNumber = Phones.parse(number, client.region())
                .orElseThrow(() -> Unprocessable.field("phone_number", "is not a telephone number"));
        requireAllowed(client, phoneNumber);
        Dialler dialler = diallers.stream()
                .filter(it -> provider == null || it.name().equals(provider))
                .filter(it -> it.canDial(client))
                .findFirst()
                .orElseThrow(() -> Unprocessable.field("provider", "is not set up for outbound calls"));
        return dialler.dial(clientId, client, phoneNumber)
                .onFailure()
                .invoke(e ->
                        LOG.warnf("call to %s by %s: %s", Phones.mask(phoneNumber), dialler.name(), e.getMessage()))
                .onFailure()
                .transform(OutboundCalls::problem)
                .chain(dialled -> calls.record(clientId, dialled.facts(), dialled.raw()))
                .map(Calls.Recorded::callId);
    }

    private void requireAllowed(Client client, String phoneNumber) {
        List<String> countries = client.voice().flatMap(Voice::countries).orElse(List.of(client.region()));
        if (Phones.regionOf(phoneNumber).filter(countries::contains).isEmpty()) {
            throw new Unprocessable("Calls to this country are not allowed; allowed: " + String.join(", ", countries))
                    .type("country-not-allowed");
        }
        LocalTime now = LocalTime.ofInstant(clock.instant(), client.timeZone());
        if (isQuiet(client.quietHours(), now)) {
            throw new Unprocessable("Nobody is called during the quiet hours " + client.quietHours())
                    .type("quiet-hours");
        }
    }

    /** {@code HH:mm-HH:mm}, which may span midnight; the same time twice is no hour at all. */
    static boolean isQuiet(String hours, LocalTime now) {
        String[] ends = hours.split("-");
        LocalTime from = LocalTime.parse(ends[0].trim());
        LocalTime to = LocalTime.parse(ends[1].trim());
        if (from.equals(to)) {
            return false;
        }
        return from.isBefore(to) ? !now.isBefore(from) && now.isBefore(to) : !now.isBefore(from) || now.isBefore(to);
    }

    private static Problem problem(Throwable failure) {
        return failure instanceof ProviderApi.Refused
                ? new Unprocessable("The provider refuses this call").type("provider-refused")
                : new Unavailable(
                        "The provider does not answer; the call may not have been started", Duration.ofSeconds(30));
    }
}
