package dev.frontdesk.call;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/** The fields of a call that staff may write, by hand or to correct a provider. */
public record Annotations(
        @Size(max = 200) String customerName,
        @Size(max = 10_000) String notes,
        @Size(max = 500_000) String transcript,

        @Size(max = 2_000) @Pattern(regexp = "https?://.+", message = "must be an http or https address")
        String recordingUrl,

        @Size(max = 10_000) String summary,

        @Pattern(regexp = "positive|neutral|negative", message = "must be positive, neutral or negative")
        String sentiment,

        UUID bookingId,
        Boolean recordingConsent) {}
