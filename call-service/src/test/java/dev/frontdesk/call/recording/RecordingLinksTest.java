package dev.frontdesk.call.recording;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.http.Forbidden;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordingLinksTest {

    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");
    private static final UUID CALL = UUID.randomUUID();

    private static RecordingLinks at(Instant now, String key) {
        return new RecordingLinks(Clock.fixed(now, ZoneOffset.UTC), Duration.ofMinutes(5), Optional.of(key));
    }

    private static String signature(RecordingLinks links) {
        return links.to("default", CALL).url().replaceFirst(".*signature=", "");
    }

    @Test
    void aLinkHoldsForItsTimeForItsClientAndItsCall() {
        long expires = NOON.plusSeconds(300).getEpochSecond();
        String signature = signature(at(NOON, "key"));
        at(NOON.plusSeconds(300), "key").require("default", CALL, expires, signature);
        refused(at(NOON.plusSeconds(301), "key"), "default", CALL, expires, signature);
        refused(at(NOON, "key"), "acme", CALL, expires, signature);
        refused(at(NOON, "key"), "default", UUID.randomUUID(), expires, signature);
        refused(at(NOON, "key"), "default", CALL, expires + 1, signature);
        refused(at(NOON, "key"), "default", CALL, expires, null);
        refused(at(NOON, "another key"), "default", CALL, expires, signature);
    }

    private static void refused(RecordingLinks links, String client, UUID call, long expires, String signature) {
        assertThatThrownBy(() -> links.require(client, call, expires, signature))
                .isInstanceOf(Forbidden.class);
    }
}
