package dev.frontdesk.bookings;

import java.math.BigDecimal;

/**
 * A service of the catalogue. {@code code} is a booking's {@code service_type}; {@code pricePerUnit} (null: none) is per
 * load, of which at most {@code maxUnits}; money in {@code currency} (ISO 4217).
 */
public record OfferedService(
        String code,
        String name,
        Integer durationMinutes,
        BigDecimal basePrice,
        BigDecimal pricePerUnit,
        Integer maxUnits,
        String currency) {}
