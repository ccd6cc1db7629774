package dev.frontdesk.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncounterTest {

    private static final Instant AT = Instant.parse("2026-03-02T15:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"+12125550123", "2125550123", "(212) 555-0123", "tel:+12125550123", "1 212 555 0123"})
    void everySpellingIsOneNumber(String spelling) {
        assertThat(Encounter.of(Feed.call(UUID.randomUUID(), 1, spelling, "Ann", AT), "US"))
                .get()
                .extracting(Encounter::phone)
                .isEqualTo("+12125550123");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "+266696687", "sip:ann@example.com", "Restricted"})
    void aWithheldNumberBelongsToNobody(String number) {
        assertThat(Encounter.of(Feed.call(UUID.randomUUID(), 1, number, "Ann", AT), "US"))
                .isEmpty();
    }

    @Test
    void anErasedPersonStaysUnderThePseudonym() {
        assertThat(Encounter.of(Feed.booking(UUID.randomUUID(), 1, "erased-77", "erased", AT), "US"))
                .get()
                .satisfies(it -> {
                    assertThat(it.phone()).isEqualTo("erased-77");
                    assertThat(it.name()).isNull();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "Anonymous", "+1 212 555 0123", "  ", "n/a", "erased"})
    void aPlaceholderIsNoName(String heard) {
        assertThat(NameSource.learnable(heard)).isNull();
    }

    @Test
    void blanksInANameAreTidied() {
        assertThat(NameSource.learnable("  Ann   Lee ")).isEqualTo("Ann Lee");
    }
}
