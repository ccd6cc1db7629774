package dev.frontdesk.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BookingStatusTest {

    @Test
    void thisIsTheWholeLifeOfABooking() {
        String table = Arrays.stream(BookingStatus.values())
                .map(from -> from + " -> "
                        + Arrays.stream(BookingStatus.values())
                                .filter(from::canBecome)
                                .map(BookingStatus::toString)
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n"));
        System.getLogger(BookingStatusTest.class.getName()).log(System.Logger.Level.INFO, "\n" + table);
        assertThat(table).isEqualTo("""
                        pending -> confirmed, scheduled, cancelled
                        confirmed -> scheduled, completed, cancelled, no-show
                        scheduled -> confirmed, completed, cancelled, no-show
                        completed ->\s
                        cancelled ->\s
                        no-show ->\s""");
    }

    @Test
    void aPaymentIsPaidOrFailsAndAFailedOneMayBeTriedAgain() {
        assertThat(PaymentStatus.PENDING.canBecome(PaymentStatus.PAID)).isTrue();
        assertThat(PaymentStatus.PENDING.canBecome(PaymentStatus.FAILED)).isTrue();
        assertThat(PaymentStatus.FAILED.canBecome(PaymentStatus.PENDING)).isTrue();
        assertThat(PaymentStatus.FAILED.canBecome(PaymentStatus.PAID)).isFalse();
        assertThat(Arrays.stream(PaymentStatus.values()).noneMatch(PaymentStatus.PAID::canBecome))
                .isTrue();
    }
}
