package dev.frontdesk.booking;

import dev.frontdesk.booking.BookingResource.BookingView;
import dev.frontdesk.booking.availability.Availability;
import dev.frontdesk.booking.availability.NotBookable;
import dev.frontdesk.booking.availability.SlotTaken;
import dev.frontdesk.booking.availability.WantedTime;
import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.Page;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /api/bookings/{id}/…}: what happens to a booking, each a noun under it, and the history of it. */
@Path("/api/bookings/{id}")
@Cancellable(false)
public class LifecycleResource {

    private final Bookings bookings;
    private final Availability availability;

    LifecycleResource(Bookings bookings, Availability availability) {
        this.bookings = bookings;
        this.availability = availability;
    }

    /** {@code by}: {@code staff} (the default), or {@code customer}, for whom the client's cut-off holds. */
    public record Cancellation(
            @Size(max = 500) String reason,

            @Pattern(regexp = "customer|staff", message = "must be one of customer, staff")
            String by) {}

    public record Reschedule(String slotId, Instant scheduledAt, String appointmentDate, String appointmentTime) {
        WantedTime time() {
            return new WantedTime(slotId, scheduledAt, appointmentDate, appointmentTime);
        }
    }

    public record Payment(
            @NotNull @Pattern(regexp = "pending|paid|failed", message = "must be one of failed, paid, pending")
            String paymentStatus,

            @DecimalMin("0") @Digits(integer = 8, fraction = 2)
            BigDecimal paymentAmount) {}

    /** One entry of the history; {@code change} is the event without its family, {@code confirmed}. */
    public record ChangeView(long version, String change, String actor, String reason, Instant changedAt) {
        static ChangeView of(BookingChange it) {
            return new ChangeView(it.version(), it.change(), it.actor(), it.reason(), it.changedAt());
        }

        static ChangeView creation(Booking it) {
            return new ChangeView(1, "created", it.createdBy, null, it.createdAt);
        }
    }

    @POST
    @Path("confirmation")
    @Idempotent
    public Uni<RestResponse<BookingView>> confirm(UUID id, @HeaderParam("If-Match") String ifMatch) {
        return bookings.confirm(new Bookings.Order(id, ifMatch, null)).map(BookingResource::answer);
    }

    /** On the plan, without the customer's word. */
    @POST
    @Path("schedule")
    @Idempotent
    public Uni<RestResponse<BookingView>> schedule(UUID id, @HeaderParam("If-Match") String ifMatch) {
        return bookings.schedule(new Bookings.Order(id, ifMatch, null)).map(BookingResource::answer);
    }

    @POST
    @Path("cancellation")
    @Idempotent
    public Uni<RestResponse<BookingView>> cancel(
            UUID id, @HeaderParam("If-Match") String ifMatch, @Valid Cancellation asked) {
        String reason = asked == null ? null : asked.reason();
        boolean byCustomer = asked != null && "customer".equals(asked.by());
        return bookings.cancel(new Bookings.Order(id, ifMatch, reason), byCustomer)
                .map(BookingResource::answer);
    }

    @POST
    @Path("completion")
    @Idempotent
    public Uni<RestResponse<BookingView>> complete(UUID id, @HeaderParam("If-Match") String ifMatch) {
        return bookings.complete(new Bookings.Order(id, ifMatch, null)).map(BookingResource::answer);
    }

    @POST
    @Path("no-show")
    @Idempotent
    public Uni<RestResponse<BookingView>> missed(UUID id, @HeaderParam("If-Match") String ifMatch) {
        return bookings.missed(new Bookings.Order(id, ifMatch, null)).map(BookingResource::answer);
    }

    @POST
    @Path("reschedule")
    @Idempotent
    public Uni<RestResponse<BookingView>> reschedule(
            UUID id, @HeaderParam("If-Match") String ifMatch, @Valid @NotNull Reschedule asked) {
        return bookings.reschedule(new Bookings.Order(id, ifMatch, null), asked.time())
                .onFailure(failure -> failure instanceof NotBookable || failure instanceof SlotTaken)
                .recoverWithUni(failure -> alternatives(id, failure))
                .map(BookingResource::answer);
    }

    @POST
    @Path("payment")
    @Idempotent
    public Uni<RestResponse<BookingView>> pay(
            UUID id, @HeaderParam("If-Match") String ifMatch, @Valid @NotNull Payment asked) {
        PaymentStatus status = PaymentStatus.valueOf(asked.paymentStatus().toUpperCase(Locale.ROOT));
        if (asked.paymentAmount() != null && status != PaymentStatus.PAID) {
            throw Unprocessable.field("payment_amount", "is said of what was paid only");
        }
        return bookings.pay(new Bookings.Order(id, ifMatch, null), status, asked.paymentAmount())
                .map(BookingResource::answer);
    }

    @GET
    @Path("history")
    public Uni<Page<ChangeView>> history(UUID id, @Context UriInfo uri) {
        ListQuery query = ListQuery.of(uri, ZoneOffset.UTC);
        return bookings.get(id)
                .chain(booking -> bookings.history(id)
                        .map(changes ->
                                Page.small(all(booking, changes), query, it -> Cursor.of(new UUID(0, it.version())))));
    }

    private static List<ChangeView> all(Booking booking, List<BookingChange> changes) {
        return Stream.concat(
                        Stream.of(ChangeView.creation(booking)),
                        changes.stream().map(ChangeView::of))
                .toList();
    }

    private Uni<Booking> alternatives(UUID id, Throwable failure) {
        return bookings.get(id)
                .chain(booking -> availability.answer(failure, booking::visit))
                .chain(Uni.createFrom()::failure);
    }
}
