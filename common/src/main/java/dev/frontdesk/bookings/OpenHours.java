package dev.frontdesk.bookings;

/** Local times HH:MM on a weekday such as {@code monday}; a day with two entries has a break, one with none is closed. */
public record OpenHours(String weekday, String opens, String closes) {

    /** As a model reads it: {@code monday 08:00 to 20:00}. */
    public String inWords() {
        return "%s %s to %s".formatted(weekday, opens, closes);
    }
}
