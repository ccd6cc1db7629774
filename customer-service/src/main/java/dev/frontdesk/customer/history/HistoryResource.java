package dev.frontdesk.customer.history;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.frontdesk.customer.CustomerResource;
import dev.frontdesk.customer.CustomerResource.CustomerView;
import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.Page;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** A customer's calls, texts and bookings in one line of time. */
@Path("/api/customers/{id}/history")
@Cancellable(false)
public class HistoryResource {

    /** Enough for anybody but a business; who has more reads on by cursor. */
    private static final int WHOLE = 1_000;

    /** The seed's first query, and the timeline, newest first; {@code next_cursor} is null when it is complete. */
    public record HistoryView(
            @JsonUnwrapped CustomerView customer,
            long bookingCount,
            long callCount,
            List<History.Entry> timeline,
            String nextCursor) {}

    private final History history;
    private final Clients clients;
    private final Tenant tenant;

    HistoryResource(History history, Clients clients, Tenant tenant) {
        this.history = history;
        this.clients = clients;
        this.tenant = tenant;
    }

    @GET
    public Uni<RestResponse<HistoryView>> get(UUID id, @Context UriInfo uri) {
        ListQuery query = ListQuery.of(uri, clients.get(tenant.id()).timeZone());
        int limit = query.text("limit").isPresent() ? query.limit() : WHOLE;
        return history.of(id, query.cursor(), limit)
                .map(it -> it.customer().mergedInto() == null
                        ? RestResponse.ok(view(it, limit))
                        : CustomerResource.moved(it.customer().mergedInto(), "/history"));
    }

    private static HistoryView view(History.Page it, int limit) {
        Page<History.Entry> page = Page.of(it.entries(), limit, entry -> new Cursor(entry.at(), entry.id()));
        return new HistoryView(
                CustomerView.of(it.customer()),
                it.counts().bookings(),
                it.counts().calls(),
                page.items(),
                page.nextCursor());
    }
}
