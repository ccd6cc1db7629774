package dev.frontdesk.analytics.counting;

import dev.frontdesk.http.ListQuery;
import dev.frontdesk.idempotency.Idempotent;
import dev.frontdesk.security.Caller;
import dev.frontdesk.settings.Clients;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.LocalDate;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Compares the caller's rollups with the facts, and puts them right. */
@Path("/api/analytics")
@Cancellable(false)
public class RecountResource {

    private static final int LONGEST_RANGE = 400;
    private static final int USUAL_RANGE = 31;

    private final Recount recount;
    private final Clients clients;
    private final Clock clock;

    RecountResource(Recount recount, Clients clients, Clock clock) {
        this.recount = recount;
        this.clients = clients;
        this.clock = clock;
    }

    /** The range to count anew, both days included. */
    public record Range(@NotNull LocalDate from, @NotNull LocalDate to) {}

    /** Counts the range anew from the facts, while events go on arriving; answers how many days were wrong. */
    @POST
    @Path("recompute")
    @Idempotent(Idempotent.Work.SQL)
    public Uni<RestResponse<Recount.Recomputed>> recompute(@NotNull @Valid Range range) {
        ListQuery.Days days = ListQuery.Days.of(range.from(), range.to(), LONGEST_RANGE);
        return recount.recompute(clientId(), client().timeZone(), days).map(RestResponse::ok);
    }

    /** Where rollups, counters and facts disagree, and bookings that calls and texts name but nobody made. */
    @GET
    @Path("consistency")
    public Uni<Recount.Report> consistency(@Context UriInfo uri) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), client().timeZone());
        return recount.report(
                clientId(),
                ListQuery.of(uri, client().timeZone(), "from", "to").days(today, USUAL_RANGE, LONGEST_RANGE));
    }

    private Clients.Client client() {
        return clients.get(clientId());
    }

    private static String clientId() {
        return Caller.current().clientId();
    }
}
