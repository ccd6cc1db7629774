package dev.frontdesk.booking;

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
@QuarkusTestResource(Shops.class)
class EveryEndpointIT extends EveryEndpoint {

    @Override
    protected String rules() {
        return """
                viewer   GET /api/bookings
                admin    POST /api/bookings
                viewer   GET /api/bookings/calendar
                viewer   GET /api/bookings/upcoming
                viewer   GET /api/bookings/export
                viewer   GET /api/bookings/{id}
                admin    PATCH /api/bookings/{id}
                admin    POST /api/bookings/{id}/confirmation
                admin    POST /api/bookings/{id}/schedule
                admin    POST /api/bookings/{id}/cancellation
                admin    POST /api/bookings/{id}/completion
                admin    POST /api/bookings/{id}/no-show
                admin    POST /api/bookings/{id}/reschedule
                admin    POST /api/bookings/{id}/payment
                viewer   GET /api/bookings/{id}/history
                viewer   GET /api/bookings/{id}/calendar.ics
                viewer   GET /api/opening-hours
                admin    PUT /api/opening-hours
                viewer   GET /api/opening-hours/rules
                admin    PATCH /api/opening-hours/rules
                admin    POST /api/opening-hours/rules/calendar-token
                viewer   GET /api/opening-hours/closures
                admin    POST /api/opening-hours/closures
                admin    DELETE /api/opening-hours/closures/{id}
                viewer   GET /api/services
                viewer   GET /api/services/{id}
                admin    POST /api/services
                admin    PATCH /api/services/{id}
                admin    DELETE /api/services/{id}
                viewer   GET /api/resources
                viewer   GET /api/resources/{id}
                admin    POST /api/resources
                admin    PATCH /api/resources/{id}
                admin    DELETE /api/resources/{id}
                viewer   GET /api/availability
                admin    POST /api/availability/holds
                admin    DELETE /api/availability/holds/{id}
                link     GET /calendars/{client}/{token}.ics
                """;
    }

    @Override
    protected Map<String, String> things() {
        UUID id = UUID.randomUUID();
        Database.asSuperuser("booking").run("""
                insert into bookings (id, client_id, customer_name, customer_phone, service_type, appointment_date, appointment_time)
                values (?, 'default', ?, '+14155550123', 'cut', '2026-03-03', '09:30 AM')
                """, id, NAME);
        return Map.of("/api/bookings/{id}", id.toString());
    }
}
