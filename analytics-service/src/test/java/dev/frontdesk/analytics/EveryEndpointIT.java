package dev.frontdesk.analytics;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.EveryEndpoint;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.StaffOnly;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.UUID;

@QuarkusTest
@TestProfile(StaffOnly.class)
@QuarkusTestResource(Infrastructure.class)
class EveryEndpointIT extends EveryEndpoint {

    @Override
    protected String rules() {
        return """
                viewer   GET /api/analytics/daily
                viewer   GET /api/analytics/daily.csv
                viewer   GET /api/analytics/summary
                viewer   GET /api/analytics/series
                viewer   GET /api/analytics/breakdown
                viewer   GET /api/analytics/dead-letters
                viewer   GET /api/analytics/dead-letters/{id}
                admin    POST /api/analytics/dead-letters/{id}/replay
                viewer   GET /api/analytics/live
                viewer   GET /api/analytics/client
                admin    POST /api/analytics/recompute
                viewer   GET /api/analytics/consistency
                """;
    }

    @Override
    protected Map<String, String> things() {
        UUID id = UUID.randomUUID();
        Database.asSuperuser("analytics").run("""
                insert into dead_letters (id, client_id, topic, partition, record_offset, origin, service, reason, failed_at)
                values (?, 'default', 'frontdesk.calls.sms-service.dlq', 0, (random() * 1e9)::bigint, 'frontdesk.calls', 'sms-service', ?, now())
                """, id, NAME);
        return Map.of("/api/analytics/dead-letters/{id}", id.toString());
    }
}
