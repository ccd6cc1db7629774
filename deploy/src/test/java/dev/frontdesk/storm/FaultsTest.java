package dev.frontdesk.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final List<Fault> all = Faults.all(Plan.QUICK);

    @Test
    void aRoundIsEverythingOnceInAnOrderOfTheSeeds() {
        List<Fault> round = Faults.round(all, new Random(7));
        assertThat(round).containsExactlyInAnyOrderElementsOf(all).isEqualTo(Faults.round(all, new Random(7)));
        assertThat(round).isNotEqualTo(Faults.round(all, new Random(8)));
    }

    @Test
    void oneOfEveryKindComesFirst() {
        List<Fault> first = Faults.round(all, new Random(7)).subList(0, Faults.kinds(all));
        assertThat(first.stream().map(Fault::getClass)).doesNotHaveDuplicates();
    }
}
