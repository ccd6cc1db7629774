package dev.frontdesk.booking.reminders;

import java.time.LocalTime;

/** Local hours in which nobody is reminded; they may run past midnight. */
record QuietHours(LocalTime from, LocalTime to) {

    /** Reads {@code 21:00-08:00}. */
    static QuietHours of(String text) {
        String[] ends = text.split("-");
        return new QuietHours(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip()));
    }

    boolean include(LocalTime time) {
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !from.equals(to) && (!time.isBefore(from) || time.isBefore(to));
    }
}
