package dev.frontdesk.bookings;

import com.fasterxml.jackson.annotation.JsonInclude;

/** What a customer may correct; null is left out, and so left as it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Amendment(String pickupAddress, String notes) {}
