package dev.frontdesk.analytics.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.analytics.Told;
import dev.frontdesk.events.CallEvent;
import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.events.Events;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Instant LATE_EVENING = Instant.parse("2026-03-08T03:30:00Z");

    @Test
    void aCallCountsOnTheLocalDayOfItsStart() {
        Fact fact = Fact.of(Told.call("+14155550123").on(LATE_EVENING).ended("completed", null), NEW_YORK);
        assertThat(fact.occurredAt().toLocalDate()).isEqualTo(LocalDate.parse("2026-03-07"));
        assertThat(fact.occurredAt().getHour()).isEqualTo(22);
    }

    @Test
    void aCallerWhoHidesIsNobody() {
        assertThat(Fact.of(Told.call("anonymous").started(), NEW_YORK).phone()).isNull();
        assertThat(Fact.of(Told.call(null).started(), NEW_YORK).phone()).isNull();
        assertThat(Fact.of(Told.call("+266696687").started(), NEW_YORK).phone()).isEqualTo("+266696687");
    }

    @Test
    void onlyWhatWasPaidCountsAsSpent() {
        Told.Booking booking = Told.booking("+14155550123");
        assertThat(Fact.of(booking.created(), NEW_YORK).paid()).isZero();
        assertThat(Fact.of(booking.paid("35.50"), NEW_YORK).paid()).isEqualByComparingTo("35.50");
        assertThat(Fact.of(booking.cancelledAfterPaying("35.50"), NEW_YORK).paid())
                .isEqualByComparingTo("35.50");
    }

    @Test
    void aCostThatIsNotKnownYetIsZero() {
        assertThat(Fact.of(Told.text("+14155550123").queued(), NEW_YORK).cost()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void ofSeveralVersionsTheNewestCounts() {
        Told.Call call = Told.call("+14155550123");
        Fact first = Fact.of(call.started(), NEW_YORK);
        Fact second = Fact.of(call.ended("failed", null), NEW_YORK);
        Fact third = Fact.of(call.billed("completed", "0.12"), NEW_YORK);
        assertThat(Fact.newest(List.of(third, first, second, third))).containsExactly(third);
    }

    @Test
    void aCallWithoutAStartCannotBeCounted() {
        CallEvent dateless = Told.call("+14155550123").on(null).started();
        assertThatThrownBy(() -> Fact.of(dateless, NEW_YORK))
                .isInstanceOf(Events.Unreadable.class)
                .hasMessageContaining("started_at");
    }

    @Test
    void aCustomerIsNotCounted() {
        assertThatThrownBy(() -> Fact.of(new CustomerEvent.Erased(LATE_EVENING, null, null, "", ""), NEW_YORK))
                .isInstanceOf(Events.Unreadable.class);
    }
}
