package dev.frontdesk.booking.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.http.Unprocessable;
import org.junit.jupiter.api.Test;

class ServiceTest {

    @Test
    void aLaundryIsPricedByTheLoadAndEveryPickupHasOneAtLeast() {
        Service regular = Samples.perLoad("15.00", "8.00", 20);
        assertThat(regular.quote(regular.units(3))).isEqualByComparingTo("39.00");
        assertThat(regular.units(null)).isOne();
        assertThat(regular.quote(1)).hasToString("23.00");
    }

    @Test
    void tooManyLoadsOrNoneAreRefused() {
        Service regular = Samples.perLoad("15.00", "8.00", 20);
        assertThatThrownBy(() -> regular.units(21)).isInstanceOf(Unprocessable.class);
        assertThatThrownBy(() -> regular.units(0)).isInstanceOf(Unprocessable.class);
        assertThat(regular.units(20)).isEqualTo(20);
    }

    @Test
    void aHaircutCostsTheSameForAnyNumberOfLoadsButNoneIsNoNumber() {
        Service cut = Samples.service(45, 0, 15);
        assertThat(cut.units(null)).isNull();
        assertThat(cut.quote(cut.units(7))).hasToString("20.00");
        assertThatThrownBy(() -> cut.units(0)).isInstanceOf(Unprocessable.class);
    }
}
