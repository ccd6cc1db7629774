package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An inbound call over Twilio, answered by the Vapi agent, in which an appointment is made. */
final class OneCall implements Scenario {
    @Override
    public boolean play(Stage stage, Options options) {
        Person person = stage.person();
        PhoneCall call = PhoneCall.of(PhoneCall.Kind.BOOKED, stage.random, person);
        Books books = stage.books();
        books.open(List.of(person));
        stage.carrier.know(call);
        books.add(call);
        say("%s calls from %s", person.name(), person.phone());
        show(stage, stage.twilio.incomingCall(call));
        show(stage, stage.vapi.assistantRequest(call));
        show(stage, stage.vapi.inProgress(call));
        show(stage, stage.vapi.toolCall(call, "call_" + UUID.randomUUID(), "check_services", Map.of()));
        new Desk(stage, 1).bookByVoice(books, call, 1);
        show(stage, stage.vapi.toolCall(call, "call_" + UUID.randomUUID(), "find_bookings", Map.of()));
        show(stage, stage.vapi.ended(call));
        show(stage, stage.vapi.report(call));
        show(stage, stage.twilio.inboundEnd(call));
        boolean agrees = books.balance();
        for (JsonNode booking : stage.office.listOf("/api/bookings", person)) {
            say(
                    "Booked: %s on %s at %s, reference %s",
                    booking.path("service_type").asText(),
                    booking.path("appointment_date").asText(),
                    booking.path("appointment_time").asText(),
                    booking.path("reference").asText());
        }
        stage.carrier
                .textsTo(person)
                .forEach(text ->
                        say("Text to %s: %s", person.phone(), text.get("body").asText()));
        return agrees;
    }

    private static void show(Stage stage, Delivery delivery) {
        Wire.Answer answer = stage.traffic.send(delivery);
        String body = answer.body().strip();
        say(
                "  %-24s %d %s",
                delivery.what(), answer.status(), body.length() > 160 ? body.substring(0, 160) + "..." : body);
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(format + "%n", arguments);
    }
}
