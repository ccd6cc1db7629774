package dev.frontdesk.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's table of paths, which is the contract's. */
class RoutesTest {
    @ParameterizedTest
    @CsvSource({
        "/webhooks/twilio/default/voice, CALL",
        "/webhooks/twilio/default/voice/status, CALL",
        "/webhooks/twilio/acme/voice/recording, CALL",
        "/webhooks/twilio/acme/sms, SMS",
        "/webhooks/twilio/acme/sms/status, SMS",
        "/webhooks/vapi/default, CALL",
        "/webhooks/retell/default, CALL",
        "/api/webhooks/vapi, CALL",
        "/api/webhooks/twilio/sms, SMS",
        "/api/bookings, BOOKING",
        "/api/bookings/1/confirmation, BOOKING",
        "/api/availability, BOOKING",
        "/api/services, BOOKING",
        "/api/resources, BOOKING",
        "/api/opening-hours, BOOKING",
        "/api/opening-hours/closures, BOOKING",
        "/api/availability/holds, BOOKING",
        "/calendars/default/1a2b.ics, BOOKING",
        "/api/calls/1, CALL",
        "/api/sms/messages, SMS",
        "/api/sms/conversations, SMS",
        "/api/sms/opt-outs, SMS",
        "/api/sms/templates, SMS",
        "/api/customers/1/history, CUSTOMER",
        "/api/faqs/match, CUSTOMER",
        "/api/system-prompts, CUSTOMER",
        "/api/analytics/daily, ANALYTICS",
        "/, ANALYTICS"
    })
    void everyPublicPathHasItsService(String path, Service service) {
        assertThat(Routes.of(path)).contains(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/q/health", "/q/metrics", "/api", "/api/bookingsx", "/webhooks/twilio", "/webhooks/twilio//sms"
            })
    void everythingElseHasNone(String path) {
        assertThat(Routes.of(path)).isEmpty();
    }

    @Test
    void aStatusWithAMessageIsATextsElseACalls() {
        assertThat(Routes.ofStatus("SmsSid=SM1&MessageSid=SM1&MessageStatus=sent"))
                .isEqualTo(Service.SMS);
        assertThat(Routes.ofStatus("CallSid=CA1&CallStatus=completed")).isEqualTo(Service.CALL);
    }
}
