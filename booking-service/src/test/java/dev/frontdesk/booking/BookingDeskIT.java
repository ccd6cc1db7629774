package dev.frontdesk.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frontdesk.bookings.Amendment;
import dev.frontdesk.bookings.Appointment;
import dev.frontdesk.bookings.BookingDesk;
import dev.frontdesk.bookings.Cancellation;
import dev.frontdesk.bookings.DeskRefusal;
import dev.frontdesk.bookings.FreeSlot;
import dev.frontdesk.bookings.NewAppointment;
import dev.frontdesk.bookings.NewTime;
import dev.frontdesk.bookings.OfferedService;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Inside;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What call-service and sms-service send is what this service takes, and the other way round. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class BookingDeskIT {

    @Inject
    TestClock clock;

    BookingDesk desk;

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        Shop.open("desk", 1);
        desk = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create("http://localhost:" + RestAssured.port))
                .build(BookingDesk.class);
    }

    private static NewAppointment wanted(String phone, String slot) {
        return new NewAppointment("Ann", phone, "cut", slot, null, null, null, null, "1 Main St", null, "voice");
    }

    @Test
    void aCallersWholeVisit() {
        List<OfferedService> services =
                Inside.aRequest(() -> desk.services("desk")).items();
        assertThat(services).extracting(OfferedService::code).containsExactly("cut");
        List<FreeSlot> slots = Inside.aRequest(() -> desk.availability("desk", "cut", "2026-03-03", "2026-03-03"))
                .items();
        String phone = Shop.phone();
        String key = UUID.randomUUID().toString();
        NewAppointment wanted = wanted(phone, slots.get(0).slotId());
        Appointment made = Inside.aRequest(() -> desk.create("desk", key, wanted));
        assertThat(made.status()).isEqualTo("pending");
        assertThat(made.paymentAmount()).isEqualByComparingTo("20");
        assertThat(Inside.aRequest(() -> desk.create("desk", key, wanted))).isEqualTo(made);

        assertThat(Inside.aRequest(() -> desk.upcoming("desk", phone)).items()).containsExactly(made);
        assertThat(Inside.aRequest(
                                () -> desk.byReference("desk", made.reference().toLowerCase()))
                        .items())
                .containsExactly(made);
        assertThat(Inside.aRequest(() -> desk.get("desk", made.id()))).isEqualTo(made);
        assertThat(Inside.aRequest(() -> desk.confirm("desk", UUID.randomUUID().toString(), made.id()))
                        .status())
                .isEqualTo("confirmed");
        assertThat(Inside.aRequest(() -> desk.reschedule(
                                "desk", UUID.randomUUID().toString(), made.id(), NewTime.local("2026-03-03", "4 pm")))
                        .appointmentTime())
                .isEqualTo("04:00 PM");
        assertThat(Inside.aRequest(() -> desk.amend("desk", made.id(), new Amendment("2 Main St", null)))
                        .pickupAddress())
                .isEqualTo("2 Main St");
        assertThat(Inside.aRequest(() -> desk.cancel(
                                "desk", UUID.randomUUID().toString(), made.id(), Cancellation.byCustomer("ill")))
                        .status())
                .isEqualTo("cancelled");
    }

    @Test
    void aRefusalSaysWhyAndWhatElseThereIs() {
        FreeSlot slot = Inside.aRequest(() -> desk.availability("desk", "cut", "2026-03-04", "2026-03-04"))
                .items()
                .get(0);
        NewAppointment wanted = wanted(Shop.phone(), slot.slotId());
        Inside.aRequest(() -> desk.create("desk", UUID.randomUUID().toString(), wanted));
        DeskRefusal taken = catchThrowableOfType(
                DeskRefusal.class,
                () -> Inside.aRequest(
                        () -> desk.create("desk", UUID.randomUUID().toString(), wanted)));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.type()).isEqualTo("slot-taken");
        assertThat(taken.alternatives()).hasSize(5);

        NewAppointment closed = new NewAppointment(
                "Ann", Shop.phone(), "cut", null, null, "2026-03-04", "23:00", null, null, null, "sms");
        DeskRefusal refused = catchThrowableOfType(
                DeskRefusal.class,
                () -> Inside.aRequest(
                        () -> desk.create("desk", UUID.randomUUID().toString(), closed)));
        assertThat(refused.reason()).isEqualTo("closed");

        DeskRefusal unknown = catchThrowableOfType(
                DeskRefusal.class, () -> Inside.aRequest(() -> desk.get("desk", UUID.randomUUID())));
        assertThat(unknown.status()).isEqualTo(404);
        DeskRefusal service = catchThrowableOfType(
                DeskRefusal.class, () -> Inside.aRequest(() -> desk.availability("desk", "massage", null, null)));
        assertThat(service.violations()).hasSize(1);
    }
}
