package dev.frontdesk.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.storm.Wrong.Sort;
import org.junit.jupiter.api.Test;

class WrongTest {
    @Test
    void whatWasAcknowledgedMustBeThereOnce() {
        assertThat(Wrong.count("a", 1, 0, "calls").sort()).isEqualTo(Sort.LOST);
        assertThat(Wrong.count("a", 1, 1, "calls")).isNull();
        assertThat(Wrong.count("a", 1, 2, "calls").sort()).isEqualTo(Sort.DOUBLED);
    }

    @Test
    void whatGotNoAnswerMayBeThereOnce() {
        assertThat(Wrong.count("a", 0, 0, "calls")).isNull();
        assertThat(Wrong.count("a", 0, 1, "calls")).isNull();
        assertThat(Wrong.count("a", 0, 2, "calls").sort()).isEqualTo(Sort.DOUBLED);
    }
}
