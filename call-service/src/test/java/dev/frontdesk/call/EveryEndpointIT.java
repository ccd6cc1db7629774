package dev.frontdesk.call;

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
@QuarkusTestResource(Neighbours.class)
class EveryEndpointIT extends EveryEndpoint {

    @Override
    protected String rules() {
        return """
                viewer   GET /api/calls
                viewer   GET /api/calls/export
                admin    POST /api/calls
                viewer   GET /api/calls/{id}
                admin    PATCH /api/calls/{id}
                admin    POST /api/calls/{id}/replay
                viewer   GET /api/calls/{id}/recording
                link     GET /api/calls/{id}/recording/audio
                provider POST /webhooks/twilio/{client_id}/voice
                provider GET /webhooks/twilio/{client_id}/voice
                provider POST /webhooks/twilio/{client_id}/voice/{event}
                provider POST /webhooks/vapi/{client_id}
                provider POST /webhooks/retell/{client_id}
                provider POST /api/webhooks/vapi
                provider POST /api/webhooks/twilio/status
                """;
    }

    @Override
    protected Map<String, String> things() {
        UUID id = UUID.randomUUID();
        Database.asSuperuser("call").run("""
                insert into calls (id, client_id, phone_number, customer_name, status) values (?, 'default', '+14155550123', ?, 'completed')
                """, id, NAME);
        return Map.of("/api/calls/{id}", id.toString());
    }
}
