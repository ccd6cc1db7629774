package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.simulate.Books.Appointment;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Somebody has an appointment, asks for another time by text, chooses from those offered, and confirms it. */
final class RescheduleByText implements Scenario {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE, MMM d", Locale.ENGLISH);
    private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(30);

    @Override
    public boolean play(Stage stage, Options options) {
        Person person = stage.person();
        Books books = stage.books();
        books.open(List.of(person));
        Texter texter = new Texter(stage, person);
        Appointment appointment = new Desk(stage, 1).bookByHand(books, person, 1, Desk.LEFT_ALONE);
        String path = "/api/bookings/" + appointment.id();
        String before = time(stage.office.get(path));
        String reference = stage.office.get(path).get("reference").asText();
        texter.read(CONFIRMED_WITHIN);

        String offer = say(books, texter, person, "R " + reference);
        String choice = chosen(offer);
        String moved = say(books, texter, person, choice.substring(0, 1));
        String confirmed = say(books, texter, person, "C " + reference);
        books.become(appointment, "confirmed");

        System.out.println();
        JsonNode booking = stage.office.get(path);
        Findings findings = new Findings();
        findings.expect("the time is the one that was chosen", choice.substring(3), time(booking));
        findings.expect("and another than before", false, time(booking).equals(before));
        findings.expect("a text says so", true, moved.contains("is now on") && moved.contains(reference));
        findings.expect("another confirms it", true, confirmed.startsWith("Confirmed: "));
        return books.balance() && findings.allHold();
    }

    private static String say(Books books, Texter texter, Person person, String body) {
        books.addText(person);
        texter.write(body);
        return String.join("\n", texter.read());
    }

    /** The second line of the offer, {@code 2) Wed, Dec 2 09:00 AM}. */
    private static String chosen(String offer) {
        return offer.lines().filter(line -> line.startsWith("2) ")).findFirst().orElse("1) no times were offered");
    }

    private static String time(JsonNode booking) {
        LocalDate date = LocalDate.parse(booking.get("appointment_date").asText());
        return DAY.format(date) + " " + booking.get("appointment_time").asText();
    }
}
