package dev.frontdesk.booking.availability;

import dev.frontdesk.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /api/availability/holds}: keep a time, and let it go. */
@Path("/api/availability/holds")
@Cancellable(false)
public class HoldResource {

    private final Holds holds;
    private final Availability availability;

    HoldResource(Holds holds, Availability availability) {
        this.holds = holds;
        this.availability = availability;
    }

    public record NewHold(
            @NotBlank String serviceType,
            String slotId,
            Instant scheduledAt,
            String appointmentDate,
            String appointmentTime) {
        WantedTime time() {
            return new WantedTime(slotId, scheduledAt, appointmentDate, appointmentTime);
        }
    }

    public record HoldView(
            UUID id,
            String serviceType,
            UUID resourceId,
            String slotId,
            Instant startsAt,
            Instant endsAt,
            String appointmentDate,
            String appointmentTime,
            Instant expiresAt) {
        static HoldView of(Holds.Hold it) {
            Slot slot = it.slot();
            return new HoldView(
                    it.id(),
                    it.serviceType(),
                    it.resourceId(),
                    slot.slotId(),
                    slot.startsAt(),
                    slot.endsAt(),
                    slot.appointmentDate(),
                    slot.appointmentTime(),
                    it.expiresAt());
        }
    }

    @POST
    @Idempotent
    public Uni<RestResponse<HoldView>> take(@Valid @NotNull NewHold wanted) {
        return holds.take(wanted.serviceType(), wanted.time())
                .onFailure()
                .recoverWithUni(failure ->
                        availability.answer(failure, wanted.serviceType()).chain(Uni.createFrom()::failure))
                .map(hold -> RestResponse.ResponseBuilder.<HoldView>created(
                                URI.create("/api/availability/holds/" + hold.id()))
                        .entity(HoldView.of(hold))
                        .build());
    }

    @DELETE
    @Path("{id}")
    public Uni<Void> release(UUID id) {
        return holds.release(id);
    }
}
