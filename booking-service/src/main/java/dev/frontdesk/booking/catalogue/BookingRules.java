package dev.frontdesk.booking.catalogue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** How early and how late a client's customers may book, cancel and be reminded. */
@Entity
@Table(name = "booking_rules")
public class BookingRules {

    @Id
    @Column(insertable = false, updatable = false)
    private String clientId;

    /** Moved by the database with every change of the catalogue; never written here. */
    @Column(insertable = false, updatable = false)
    private long version;

    private int leadTimeMinutes;
    private int horizonDays;
    private int holdMinutes;
    private int cancelCutoffMinutes;
    private int noShowGraceMinutes;
    private String[] reminders;
    private String calendarToken;

    protected BookingRules() {}

    /** Rules that no database holds, for what needs only the rules. */
    public BookingRules(Duration leadTime, int horizonDays) {
        this.leadTimeMinutes = (int) leadTime.toMinutes();
        this.horizonDays = horizonDays;
    }

    void change(RulesResource.Terms terms) {
        leadTimeMinutes = terms.leadTimeMinutes();
        horizonDays = terms.horizonDays();
        holdMinutes = terms.holdMinutes();
        cancelCutoffMinutes = terms.cancelCutoffMinutes();
        noShowGraceMinutes = terms.noShowGraceMinutes();
        reminders = terms.reminders().stream()
                .distinct()
                .sorted((one, other) -> other.compareTo(one))
                .map(Duration::toString)
                .toArray(String[]::new);
    }

    /** From now on the old link of the calendar feed is worth nothing. */
    void renewCalendarToken() {
        calendarToken = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }

    RulesResource.Terms terms() {
        return new RulesResource.Terms(
                leadTimeMinutes, horizonDays, holdMinutes, cancelCutoffMinutes, noShowGraceMinutes, reminders());
    }

    public long version() {
        return version;
    }

    public Duration leadTime() {
        return Duration.ofMinutes(leadTimeMinutes);
    }

    public int horizonDays() {
        return horizonDays;
    }

    public Duration hold() {
        return Duration.ofMinutes(holdMinutes);
    }

    public Duration cancelCutoff() {
        return Duration.ofMinutes(cancelCutoffMinutes);
    }

    public Duration noShowGrace() {
        return Duration.ofMinutes(noShowGraceMinutes);
    }

    /** How long before the appointment reminders come due, longest first. */
    public List<Duration> reminders() {
        return Arrays.stream(reminders).map(Duration::parse).toList();
    }

    public String calendarToken() {
        return calendarToken;
    }
}
