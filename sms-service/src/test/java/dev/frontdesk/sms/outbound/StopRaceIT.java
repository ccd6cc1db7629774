package dev.frontdesk.sms.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.sms.Twilio;
import dev.frontdesk.sms.TwilioServer;
import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reminder batch, worked off by two instances, while its recipients write STOP. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(TwilioServer.class)
class StopRaceIT {

    private static final Database SMS = Database.asSuperuser("sms");

    @Inject
    Vertx vertx;

    @Inject
    Pool pool;

    @Inject
    Tenant tenant;

    @Inject
    HandOver handOver;

    @Inject
    Clock clock;

    @Test
    void afterStopIsAnsweredNothingIsHandedOver() {
        List<String> phones = Stream.generate(Twilio::phone).limit(120).toList();
        // Whatever is written to any of them from here on, by whomever.
        String since = SMS.value("select clock_timestamp()::text").toString();
        Map<String, Long> stoppedAt = new ConcurrentHashMap<>();
        phones.forEach(phone -> TwilioServer.behave(phone, "deliver", 0, 20));
        // The last to fall due are the first to stop, once the first has its text: the two meet in between.
        List<String> stopping = new ArrayList<>(phones);
        Collections.reverse(stopping);
        Sender second = new Sender(vertx, pool, tenant, handOver, clock, Duration.ofMillis(50));
        second.start(null);
        try {
            SMS.run(
                    "insert into sms_messages (client_id, phone_number, direction, message_body, status, purpose, handover, due_at)"
                            + " select 'default', phone, 'outbound', 'tomorrow at nine', 'queued', 'reminder', 'waiting',"
                            + " now() + nth * interval '20 milliseconds'"
                            + " from unnest(?::text[]) with ordinality as batch (phone, nth)",
                    "{" + String.join(",", phones) + "}");
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !TwilioServer.received(phones.get(0)).isEmpty());
            CompletableFuture.allOf(stopping.stream()
                            .map(phone -> CompletableFuture.runAsync(() -> {
                                Twilio.DEFAULT
                                        .text(phone, "STOP", Twilio.sid())
                                        .then()
                                        .statusCode(200);
                                stoppedAt.put(phone, System.currentTimeMillis());
                            }))
                            .toArray(CompletableFuture[]::new))
                    .join();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(SMS.count(
                                    "select count(*) from sms_messages where phone_number = any(?::text[]) and direction = 'outbound'"
                                            + " and created_at >= ?::timestamptz and status in ('sent', 'failed', 'delivered')",
                                    "{" + String.join(",", phones) + "}",
                                    since))
                            .isEqualTo(phones.size()));
        } finally {
            second.stop(null);
        }
        int afterwards = 0;
        for (String phone : phones) {
            List<Map<String, Object>> received = TwilioServer.received(phone);
            assertThat(received).hasSizeLessThanOrEqualTo(1);
            afterwards += received.isEmpty() ? 1 : 0;
            received.forEach(
                    it -> assertThat(((Number) it.get("at")).longValue()).isLessThanOrEqualTo(stoppedAt.get(phone)));
        }
        // The race was one: some got theirs before they stopped, and some did not.
        assertThat(afterwards).isBetween(1, phones.size() - 1);
        assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = any(?::text[]) and error_code = 'opted-out'",
                        "{" + String.join(",", phones) + "}"))
                .isEqualTo(afterwards);
    }
}
