package dev.frontdesk.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.local.Refusal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void nothingAskedForIsTheQuickStorm() {
        assertThat(Plan.of(List.of())).isEqualTo(Plan.QUICK).isEqualTo(Plan.of(List.of("--quick")));
    }

    @Test
    void everyOptionIsTaken() {
        List<String> options =
                List.of("--minutes", "10", "--seed", "42", "--rate", "60", "--pairs", "--once", "--only", "F5,F12");
        assertThat(Plan.of(options)).isEqualTo(new Plan(600, 42, 60, true, true, Set.of("F5", "F12")));
    }

    @Test
    void tenMinutesAreLong() {
        assertThat(Plan.QUICK.isLong()).isFalse();
        assertThat(Plan.of(List.of("--minutes", "9")).isLong()).isFalse();
        assertThat(Plan.of(List.of("--minutes", "10")).isLong()).isTrue();
    }

    @Test
    void whatIsNoOptionIsRefused() {
        assertThatThrownBy(() -> Plan.of(List.of("--fast"))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Plan.of(List.of("--fast", "1"))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Plan.of(List.of("--seed", "lucky"))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Plan.of(List.of("--seed"))).isInstanceOf(Refusal.class);
    }
}
