package dev.frontdesk.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Common as a service of its own: the shared tables in the database {@code call}, and a probe that reads bookings. */
public final class CommonProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.application.name", "common",
                "frontdesk.database", "call",
                "frontdesk.http.arrival-time", "PT2S",
                "quarkus.flyway.locations", "db/common,db/knowledge",
                "mp.messaging.incoming.probe.connector", "smallrye-kafka",
                "mp.messaging.incoming.probe.topic", "frontdesk.bookings",
                "mp.messaging.incoming.probe.dead-letter-queue.topic", "frontdesk.bookings.call-service.dlq");
    }
}
