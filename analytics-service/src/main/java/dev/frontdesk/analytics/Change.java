package dev.frontdesk.analytics;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** By how many percent the numbers of a day differ from those of another; null where the other is zero or unknown. */
public record Change(
        BigDecimal totalCalls,
        BigDecimal totalBookings,
        BigDecimal totalSms,
        BigDecimal totalCost,
        BigDecimal successfulCalls,
        BigDecimal failedCalls,
        BigDecimal conversionRate,
        BigDecimal successRate) {

    static Change between(Day base, Day day) {
        return new Change(
                percent(base.totalCalls(), day.totalCalls()),
                percent(base.totalBookings(), day.totalBookings()),
                percent(base.totalSms(), day.totalSms()),
                percent(base.totalCost(), day.totalCost()),
                percent(base.successfulCalls(), day.successfulCalls()),
                percent(base.failedCalls(), day.failedCalls()),
                percent(base.conversionRate(), day.conversionRate()),
                percent(base.successRate(), day.successRate()));
    }

    private static BigDecimal percent(long base, long now) {
        return percent(BigDecimal.valueOf(base), BigDecimal.valueOf(now));
    }

    private static BigDecimal percent(BigDecimal base, BigDecimal now) {
        if (base == null || now == null || base.signum() == 0) {
            return null;
        }
        return now.subtract(base).movePointRight(2).divide(base, 2, RoundingMode.HALF_UP);
    }
}
