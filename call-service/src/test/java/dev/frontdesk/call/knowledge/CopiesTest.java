package dev.frontdesk.call.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CopiesTest {

    @Test
    void aQuestionLeavesTheServiceWithoutDigits() {
        assertThat(Copies.masked("is 415 555 0123 mine")).isEqualTo("is ••• ••• •••• mine");
        assertThat(Copies.masked("x".repeat(300))).hasSize(200);
    }
}
