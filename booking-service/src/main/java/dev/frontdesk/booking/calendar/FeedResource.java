package dev.frontdesk.booking.calendar;

import dev.frontdesk.booking.Booking;
import dev.frontdesk.booking.BookingSearch;
import dev.frontdesk.booking.catalogue.Catalogue;
import dev.frontdesk.booking.catalogue.Catalogues;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * {@code /calendars/{client}/{token}.ics}: a client's bookings for a calendar program, which can send no bearer token: who
 * has the link may read. The link is in the client's rules, where it can be renewed.
 */
@Path("/calendars/{client}/{token}.ics")
@Cancellable(false)
public class FeedResource {

    private static final Duration PAST = Duration.ofDays(30);
    private static final int MOST = 5_000;

    private final Tenant tenant;
    private final Clients clients;
    private final Catalogues catalogues;
    private final BookingSearch search;
    private final Clock clock;

    FeedResource(Tenant tenant, Clients clients, Catalogues catalogues, BookingSearch search, Clock clock) {
        this.tenant = tenant;
        this.clients = clients;
        this.catalogues = catalogues;
        this.search = search;
        this.clock = clock;
    }

    @GET
    @Produces(Ical.MEDIA_TYPE)
    public Uni<String> feed(String client, String token) {
        String name = clients.get(client).name().orElse(client);
        Instant now = clock.instant();
        tenant.enter(client);
        return catalogues
                .fresh()
                .invoke(catalogue -> require(catalogue, token))
                .chain(catalogue -> search.between(
                        now.minus(PAST),
                        now.plus(Duration.ofDays(catalogue.rules().horizonDays() + 1L)),
                        MOST))
                .map(bookings ->
                        Ical.feed(name, bookings.stream().map(Booking::snapshot).toList(), now));
    }

    /** A wrong token is answered like an unknown client: there is nothing here. */
    private static void require(Catalogue catalogue, String token) {
        byte[] ours = catalogue.rules().calendarToken().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(ours, token.getBytes(StandardCharsets.UTF_8))) {
            throw new NotFound("There is no such calendar");
        }
    }
}
