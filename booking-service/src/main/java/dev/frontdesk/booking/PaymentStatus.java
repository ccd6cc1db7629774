package dev.frontdesk.booking;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where the money for a booking stands. */
public enum PaymentStatus {
    PENDING,
    PAID,
    FAILED;

    /** What is paid stays paid: a refund is another matter than a booking's status. */
    private static final Map<PaymentStatus, Set<PaymentStatus>> NEXT = Map.of(
            PENDING, EnumSet.of(PAID, FAILED),
            FAILED, EnumSet.of(PENDING),
            PAID, EnumSet.noneOf(PaymentStatus.class));

    boolean canBecome(PaymentStatus next) {
        return NEXT.get(this).contains(next);
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The word in the database. */
    @Converter(autoApply = true)
    static class AsText implements AttributeConverter<PaymentStatus, String> {
        @Override
        public String convertToDatabaseColumn(PaymentStatus status) {
            return status == null ? null : status.toString();
        }

        @Override
        public PaymentStatus convertToEntityAttribute(String word) {
            return word == null ? null : valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
