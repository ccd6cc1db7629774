package dev.frontdesk.booking.catalogue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;

/** Local hours of a weekday; closing at or before opening means on the following day. */
@Entity
@Table(name = "opening_hours")
public class OpeningHours {

    @Id
    private UUID id;

    @Column(insertable = false, updatable = false)
    private String clientId;

    private short weekday;
    private LocalTime opens;
    private LocalTime closes;

    protected OpeningHours() {}

    public OpeningHours(DayOfWeek weekday, LocalTime opens, LocalTime closes) {
        this.id = UUID.randomUUID();
        this.weekday = (short) weekday.getValue();
        this.opens = opens;
        this.closes = closes;
    }

    public boolean isOn(LocalDate day) {
        return day.getDayOfWeek().getValue() == weekday;
    }

    public LocalDateTime opensOn(LocalDate day) {
        return day.atTime(opens);
    }

    public LocalDateTime closesOn(LocalDate day) {
        return (closes.isAfter(opens) ? day : day.plusDays(1)).atTime(closes);
    }

    UUID id() {
        return id;
    }

    DayOfWeek weekday() {
        return DayOfWeek.of(weekday);
    }

    LocalTime opens() {
        return opens;
    }

    LocalTime closes() {
        return closes;
    }
}
