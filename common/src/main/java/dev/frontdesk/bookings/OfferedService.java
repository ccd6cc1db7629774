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
        String currency) {

    /** As a model reads it: {@code Regular (regular) 15.00 USD plus 8.00 per load, 30 minutes}. */
    public String inWords() {
        String perUnit = pricePerUnit == null || pricePerUnit.signum() == 0
                ? ""
                : " plus %s per load".formatted(pricePerUnit.toPlainString());
        return "%s (%s) %s %s%s, %s minutes"
                .formatted(
                        name,
                        code,
                        basePrice == null ? "" : basePrice.toPlainString(),
                        currency,
                        perUnit,
                        durationMinutes);
    }
}
