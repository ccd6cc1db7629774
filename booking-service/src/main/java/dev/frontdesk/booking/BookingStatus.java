package dev.frontdesk.booking;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where a booking stands; in JSON and SQL the lower-case name with hyphens, {@code no-show}. */
public enum BookingStatus {
    PENDING,
    CONFIRMED,
    SCHEDULED,
    COMPLETED,
    CANCELLED,
    NO_SHOW;

    /**
     * The whole life of a booking; what is not listed cannot happen. A confirmed booking that is moved becomes scheduled,
     * for its new time has yet to be confirmed.
     */
    private static final Map<BookingStatus, Set<BookingStatus>> NEXT = Map.of(
            PENDING, EnumSet.of(CONFIRMED, SCHEDULED, CANCELLED),
            CONFIRMED, EnumSet.of(SCHEDULED, COMPLETED, NO_SHOW, CANCELLED),
            SCHEDULED, EnumSet.of(CONFIRMED, COMPLETED, NO_SHOW, CANCELLED),
            COMPLETED, EnumSet.noneOf(BookingStatus.class),
            CANCELLED, EnumSet.noneOf(BookingStatus.class),
            NO_SHOW, EnumSet.noneOf(BookingStatus.class));

    boolean canBecome(BookingStatus next) {
        return NEXT.get(this).contains(next);
    }

    /** True while the booking still takes its resource's time. */
    public boolean isOpen() {
        return !NEXT.get(this).isEmpty();
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static BookingStatus of(String word) {
        return Arrays.stream(values())
                .filter(it -> it.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word));
    }

    static List<String> words() {
        return Arrays.stream(values()).map(BookingStatus::toString).toList();
    }

    /** The word in the database. */
    @Converter(autoApply = true)
    static class AsText implements AttributeConverter<BookingStatus, String> {
        @Override
        public String convertToDatabaseColumn(BookingStatus status) {
            return status == null ? null : status.toString();
        }

        @Override
        public BookingStatus convertToEntityAttribute(String word) {
            return word == null ? null : of(word);
        }
    }
}
