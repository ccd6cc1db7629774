package dev.frontdesk.customer.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    @Test
    void whatStaysIsEqualTheRestWasTakenOutOrPutIn() {
        assertThat(diff("a\nb\nc\nd", "a\nc\nx\nd")).isEqualTo("=a -b =c +x =d");
        assertThat(diff("a\na\na", "a\na")).isEqualTo("=a =a -a");
        assertThat(diff("", "a")).isEqualTo("+a");
        assertThat(diff("a", "a")).isEqualTo("=a");
    }

    @Test
    void aTextOfManyLinesThatIsAllNewIsReplacedNotCompared() {
        assertThat(Difference.of("head\n" + "a\n".repeat(29_000), "head\n" + "b\n".repeat(29_000)))
                .hasSize(1 + 2 * 29_000)
                .startsWith(new Difference.Line("equal", "head"), new Difference.Line("delete", "a"));
    }

    private static String diff(String before, String after) {
        return Difference.of(before, after).stream()
                .map(it -> (it.op().equals("equal") ? "=" : it.op().equals("delete") ? "-" : "+") + it.text())
                .collect(Collectors.joining(" "));
    }
}
