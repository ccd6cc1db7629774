package dev.frontdesk.booking.calendar;

import dev.frontdesk.booking.Bookings;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /api/bookings/{id}/calendar.ics}: one booking for a calendar program. */
@Path("/api/bookings/{id}/calendar.ics")
@Cancellable(false)
public class InvitationResource {

    private final Bookings bookings;
    private final Clock clock;

    InvitationResource(Bookings bookings, Clock clock) {
        this.bookings = bookings;
        this.clock = clock;
    }

    @GET
    @Produces(Ical.MEDIA_TYPE)
    public Uni<String> invitation(UUID id) {
        return bookings.get(id).map(booking -> Ical.invitation(booking.snapshot(), clock.instant()));
    }
}
