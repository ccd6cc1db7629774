package dev.frontdesk.sms;

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
                admin    POST /api/sms/messages
                viewer   GET /api/sms/messages
                viewer   GET /api/sms/messages/export
                viewer   GET /api/sms/messages/{id}
                viewer   GET /api/sms/messages/{id}/media/{number}
                viewer   GET /api/sms/conversations
                viewer   GET /api/sms/conversations/export
                viewer   GET /api/sms/conversations/{phone}
                admin    POST /api/sms/conversations/{phone}/closure
                admin    POST /api/sms/conversations/{phone}/opening
                admin    POST /api/sms/conversations/{phone}/reading
                viewer   GET /api/sms/templates
                admin    POST /api/sms/templates
                viewer   GET /api/sms/templates/{purpose}
                admin    PATCH /api/sms/templates/{purpose}
                admin    DELETE /api/sms/templates/{purpose}
                viewer   GET /api/sms/opt-outs
                viewer   GET /api/sms/opt-outs/export
                viewer   GET /api/sms/opt-outs/{phone_number}
                admin    POST /api/sms/opt-outs
                admin    DELETE /api/sms/opt-outs
                admin    DELETE /api/sms/opt-outs/{phone_number}
                provider POST /webhooks/twilio/{client_id}/sms
                provider POST /webhooks/twilio/{client_id}/sms/status
                provider POST /api/webhooks/twilio/sms
                provider POST /api/webhooks/twilio/status
                """;
    }

    @Override
    protected Map<String, String> things() {
        UUID id = UUID.randomUUID();
        String phone = Twilio.phone();
        Database.asSuperuser("sms").run("""
                insert into sms_messages (id, client_id, phone_number, message_body, direction, status)
                values (?, 'default', ?, ?, 'inbound', 'received')
                """, id, phone, NAME);
        return Map.of("/api/sms/messages/{id}", id.toString(), "/api/sms/conversations/{phone}", phone);
    }
}
