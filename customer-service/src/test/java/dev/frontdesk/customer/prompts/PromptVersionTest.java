package dev.frontdesk.customer.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.http.Unprocessable;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptVersionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Be kind.|Be very kind.|v1.2.4",
                "Be kind.|Be kind. Be short.|v1.2.4",
                "Be kind.|Be {{today}}.|v2.0.0",
                "{{today}} {{time}}|{{time}} {{today}}|v1.2.4"
            })
    void theNextNumberSaysHowMuchChanged(String before, String after, String next) {
        assertThat(PromptVersion.parse("v1.2.3").next(before, after)).hasToString(next);
    }

    @Test
    void anotherLineIsAMinorVersion() {
        assertThat(PromptVersion.parse("v1.2.3").next("a", "a\nb")).hasToString("v1.3.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello {{buisness_name}}", "Hello {{}}", "Hello {{today", "Hello today}}"})
    void aPromptThatCannotBeFilledIsRefused(String text) {
        assertThatThrownBy(() -> new SystemPrompt(UUID.randomUUID(), "voice", text, PromptVersion.FIRST, Instant.EPOCH))
                .isInstanceOf(Unprocessable.class)
                .hasMessageContaining("system_prompt");
    }

    @Test
    void aDifferenceKeepsWhatBothHave() {
        assertThat(Difference.of("a\nb\nc", "a\nx\nc\nd"))
                .extracting(line -> line.op() + " " + line.text())
                .containsExactly("equal a", "delete b", "insert x", "equal c", "insert d");
    }

    @Test
    void anotherSystemsNumberIsFollowedByOurs() {
        assertThat(PromptVersion.parse("2024-05 final").next("a", "b")).hasToString("v0.0.1");
    }
}
