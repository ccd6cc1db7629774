package dev.frontdesk.booking;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** What staff may correct in a booking; time and status have their own ways. */
record Details(
        @NotBlank @Size(max = 200) String customerName,
        @NotBlank @Size(max = 40) String customerPhone,
        @Email @Size(max = 254) String customerEmail,
        @Size(max = 5000) String notes,
        @Size(max = 200) String title,
        @Size(max = 500) String pickupAddress,
        Integer numberOfLoads) {}
