package dev.frontdesk.booking;

import dev.frontdesk.booking.availability.Availability;
import dev.frontdesk.http.Csv;
import dev.frontdesk.http.EntityTags;
import dev.frontdesk.http.MergePatch;
import dev.frontdesk.http.Page;
import dev.frontdesk.idempotency.IdempotencyKeys;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /api/bookings}: take, read, find, correct, export. What happens to a booking afterwards: {@link LifecycleResource}. */
@Path("/api/bookings")
@Cancellable(false)
public class BookingResource {

    private final Reception reception;
    private final Bookings bookings;
    private final BookingSearch search;
    private final Availability availability;
    private final Validator validator;

    BookingResource(
            Reception reception,
            Bookings bookings,
            BookingSearch search,
            Availability availability,
            Validator validator) {
        this.reception = reception;
        this.bookings = bookings;
        this.search = search;
        this.availability = availability;
        this.validator = validator;
    }

    /** Every column of the seed, and ours. */
    public record BookingView(
            UUID id,
            Instant createdAt,
            Instant updatedAt,
            String customerName,
            String customerPhone,
            String customerEmail,
            String serviceType,
            String serviceName,
            String appointmentDate,
            String appointmentTime,
            String status,
            String source,
            String notes,
            boolean reminderSent,
            boolean confirmationSent,
            String title,
            Instant scheduledAt,
            Integer durationMinutes,
            String pickupAddress,
            BigDecimal paymentAmount,
            String paymentCurrency,
            String paymentStatus,
            Integer numberOfLoads,
            String reference,
            UUID resourceId,
            String timeZone,
            String cancelReason,
            long version) {
        static BookingView of(Booking it) {
            return new BookingView(
                    it.id,
                    it.createdAt,
                    it.updatedAt,
                    it.customerName,
                    it.customerPhone,
                    it.customerEmail,
                    it.serviceType,
                    it.serviceName,
                    it.appointmentDate,
                    it.appointmentTime,
                    it.status.toString(),
                    it.source,
                    it.notes,
                    it.reminderSent,
                    it.confirmationSent,
                    it.title,
                    it.scheduledAt,
                    it.durationMinutes,
                    it.pickupAddress,
                    it.paymentAmount,
                    it.paymentCurrency,
                    it.paymentStatus == null ? null : it.paymentStatus.toString(),
                    it.numberOfLoads,
                    it.reference,
                    it.resourceId,
                    it.timeZone,
                    it.cancelReason,
                    it.version);
        }

        BookingView servedBy(UUID resource) {
            return new BookingView(
                    id,
                    createdAt,
                    updatedAt,
                    customerName,
                    customerPhone,
                    customerEmail,
                    serviceType,
                    serviceName,
                    appointmentDate,
                    appointmentTime,
                    status,
                    source,
                    notes,
                    reminderSent,
                    confirmationSent,
                    title,
                    scheduledAt,
                    durationMinutes,
                    pickupAddress,
                    paymentAmount,
                    paymentCurrency,
                    paymentStatus,
                    numberOfLoads,
                    reference,
                    resource,
                    timeZone,
                    cancelReason,
                    version);
        }
    }

    @POST
    public Uni<RestResponse<BookingView>> create(
            @HeaderParam("Idempotency-Key") String key, @Valid @NotNull NewBooking asked) {
        return reception
                .take(asked, key == null ? null : IdempotencyKeys.checked(key))
                .onFailure()
                .recoverWithUni(failure ->
                        availability.answer(failure, asked.serviceType()).chain(Uni.createFrom()::failure))
                .map(BookingResource::created);
    }

    @GET
    @Path("{id}")
    public Uni<RestResponse<BookingView>> get(UUID id) {
        return bookings.get(id).map(BookingResource::answer);
    }

    @GET
    public Uni<Page<BookingView>> list(@Context UriInfo uri) {
        return search.list(search.query(uri)).map(page -> page.map(BookingView::of));
    }

    /** The same list as a file, all of it. */
    @GET
    @Path("export")
    @Produces("text/csv")
    public RestMulti<String> export(@Context UriInfo uri) {
        Multi<List<Object>> rows = search.stream(search.query(uri)).map(BookingExport::row);
        return RestMulti.fromMultiData(Csv.rows(BookingExport.COLUMNS, rows))
                .header("Content-Type", Csv.MEDIA_TYPE)
                .header("Content-Disposition", "attachment; filename=\"bookings.csv\"")
                .build();
    }

    /** Corrects name, phone, e-mail, notes, title, address and number of loads. */
    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, "application/json"})
    public Uni<RestResponse<BookingView>> amend(
            UUID id, @HeaderParam("If-Match") String ifMatch, @NotNull MergePatch patch) {
        return bookings.amend(id, ifMatch, details -> patch.applyTo(details, validator))
                .map(BookingResource::answer);
    }

    static RestResponse<BookingView> answer(Booking booking) {
        return RestResponse.ResponseBuilder.ok(BookingView.of(booking))
                .header("ETag", EntityTags.of(booking.version))
                .build();
    }

    private static RestResponse<BookingView> created(BookingView view) {
        return RestResponse.ResponseBuilder.<BookingView>created(URI.create("/api/bookings/" + view.id()))
                .entity(view)
                .header("ETag", EntityTags.of(view.version()))
                .build();
    }
}
