package dev.frontdesk.analytics;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** The numbers of one client on one local day. Written by {@link Rollups} only. */
@Entity
@Immutable
@Table(name = "analytics")
class Day {

    private static final BigDecimal NOTHING = new BigDecimal("0.000000");

    @Id
    private UUID id;

    @Column(name = "client_id", insertable = false, updatable = false)
    private String clientId;

    private LocalDate date;

    @Column(name = "total_calls")
    private int totalCalls;

    @Column(name = "total_bookings")
    private int totalBookings;

    @Column(name = "total_sms")
    private int totalSms;

    @Column(name = "total_cost", precision = 12, scale = 6)
    private BigDecimal totalCost = NOTHING;

    @Column(name = "successful_calls")
    private int successfulCalls;

    @Column(name = "failed_calls")
    private int failedCalls;

    @Column(name = "conversion_rate", precision = 7, scale = 2)
    private BigDecimal conversionRate = new BigDecimal("0.00");

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** A day on which nothing happened. */
    static Day without(LocalDate date) {
        Day day = new Day();
        day.date = date;
        return day;
    }

    LocalDate date() {
        return date;
    }

    int totalCalls() {
        return totalCalls;
    }

    int totalBookings() {
        return totalBookings;
    }

    int totalSms() {
        return totalSms;
    }

    BigDecimal totalCost() {
        return totalCost;
    }

    int successfulCalls() {
        return successfulCalls;
    }

    int failedCalls() {
        return failedCalls;
    }

    /** Bookings per hundred calls; 0 without calls. */
    BigDecimal conversionRate() {
        return conversionRate;
    }

    /** Successful calls per hundred; null without calls. */
    BigDecimal successRate() {
        return totalCalls == 0
                ? null
                : BigDecimal.valueOf(successfulCalls)
                        .movePointRight(2)
                        .divide(BigDecimal.valueOf(totalCalls), 2, RoundingMode.HALF_UP);
    }
}
