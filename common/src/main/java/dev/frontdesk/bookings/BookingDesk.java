package dev.frontdesk.bookings;

import dev.frontdesk.http.Page;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.rest.client.reactive.ClientQueryParam;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * booking-service's REST API as the in-call and in-chat tools use it; inject it with {@link RestClient}.
 *
 * <p>Every call has a deadline of 2.5 s, and a circuit breaker that opens when half of ten calls fail. What
 * booking-service refuses (4xx: taken, not bookable, unknown service) fails with {@link DeskRefusal}, which neither trips
 * the breaker nor is worth repeating. A call with an idempotency key may be repeated: the same key and body give the same
 * answer. Where it is: {@code quarkus.rest-client.booking-desk.url}.
 */
@Path("/api")
@RegisterRestClient(configKey = "booking-desk")
@RegisterClientHeaders(DeskCredentials.class)
@Timeout(2_500)
@CircuitBreaker(requestVolumeThreshold = 10, failureRatio = 0.5, delay = 3_000, skipOn = DeskRefusal.class)
public interface BookingDesk {

    /** What the client sells, in the client's order; only what can be booked. */
    @GET
    @Path("services")
    @ClientQueryParam(name = "active", value = "true")
    Uni<Page<OfferedService>> services(@HeaderParam("X-Client-Id") String clientId);

    /**
     * The free times of a service.
     *
     * @param from first local date, YYYY-MM-DD; today when null
     * @param to last local date, at most 31 days later; {@code from} plus six days when null
     */
    @GET
    @Path("availability")
    Uni<Page<FreeSlot>> availability(
            @HeaderParam("X-Client-Id") String clientId,
            @QueryParam("service_type") String serviceType,
            @QueryParam("from") String from,
            @QueryParam("to") String to);

    /** The client's week. */
    @GET
    @Path("opening-hours")
    Uni<Page<OpenHours>> openingHours(@HeaderParam("X-Client-Id") String clientId);

    /** Books; 409 with alternatives when the time is taken, 422 with a reason when it cannot be booked. */
    @POST
    @Path("bookings")
    Uni<Appointment> create(
            @HeaderParam("X-Client-Id") String clientId,
            @HeaderParam("Idempotency-Key") String key,
            NewAppointment request);

    /** The open bookings of a phone number that are still to come, soonest first. */
    @GET
    @Path("bookings/upcoming")
    Uni<Page<Appointment>> upcoming(@HeaderParam("X-Client-Id") String clientId, @QueryParam("phone") String phone);

    /** The booking with this reference (any case), or an empty page. */
    @GET
    @Path("bookings")
    Uni<Page<Appointment>> byReference(
            @HeaderParam("X-Client-Id") String clientId, @QueryParam("reference") String reference);

    /** One booking by id. */
    @GET
    @Path("bookings/{id}")
    Uni<Appointment> get(@HeaderParam("X-Client-Id") String clientId, @PathParam("id") UUID id);

    /** The customer says yes; 409 when the booking cannot be confirmed any more. */
    @POST
    @Path("bookings/{id}/confirmation")
    Uni<Appointment> confirm(
            @HeaderParam("X-Client-Id") String clientId,
            @HeaderParam("Idempotency-Key") String key,
            @PathParam("id") UUID id);

    /** Another time; the old one is given up only if the new one is had. */
    @POST
    @Path("bookings/{id}/reschedule")
    Uni<Appointment> reschedule(
            @HeaderParam("X-Client-Id") String clientId,
            @HeaderParam("Idempotency-Key") String key,
            @PathParam("id") UUID id,
            NewTime time);

    /** Cancels on behalf of the customer: after the client's cut-off a 409 of type {@code too-late}. */
    @POST
    @Path("bookings/{id}/cancellation")
    Uni<Appointment> cancel(
            @HeaderParam("X-Client-Id") String clientId,
            @HeaderParam("Idempotency-Key") String key,
            @PathParam("id") UUID id,
            Cancellation cancellation);

    /** Changes the pick-up address or the notes; null leaves a field as it is. */
    @PATCH
    @Path("bookings/{id}")
    @Consumes("application/merge-patch+json")
    Uni<Appointment> amend(@HeaderParam("X-Client-Id") String clientId, @PathParam("id") UUID id, Amendment amendment);

    /** A 4xx is an answer, anything else a failure. */
    @ClientExceptionMapper
    static RuntimeException refusal(Response response) {
        int status = response.getStatus();
        return status >= 400 && status < 500 && status != 429
                ? DeskRefusal.of(status, response.readEntity(String.class))
                : null;
    }
}
