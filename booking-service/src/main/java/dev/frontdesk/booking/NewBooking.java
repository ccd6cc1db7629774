package dev.frontdesk.booking;

import dev.frontdesk.booking.availability.WantedTime;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** What is asked of us, whoever asks: the one command for every source. The price is ours, so none may be given. */
public record NewBooking(
        @NotBlank @Size(max = 200) String customerName,
        @NotBlank @Size(max = 40) String customerPhone,
        @Email @Size(max = 254) String customerEmail,
        @NotBlank @Size(max = 50) String serviceType,
        String slotId,
        Instant scheduledAt,
        String appointmentDate,
        String appointmentTime,
        UUID holdId,
        Integer numberOfLoads,
        @Size(max = 500) String pickupAddress,
        @Size(max = 5000) String notes,
        @Size(max = 200) String title,

        @Pattern(regexp = "voice|sms|manual", message = "must be one of manual, sms, voice")
        String source,

        @Null(message = "is quoted from the catalogue, never given")
        BigDecimal paymentAmount) {

    WantedTime time() {
        return new WantedTime(slotId, scheduledAt, appointmentDate, appointmentTime);
    }
}
