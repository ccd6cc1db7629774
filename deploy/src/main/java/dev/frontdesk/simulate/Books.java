package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What was sent, kept apart from Frontdesk, and whether Frontdesk shows exactly that: every call, booking, thread and
 * customer, and the daily numbers, to the unit and to the cent.
 */
final class Books {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A booking as its customer knows it. */
    record Appointment(Person person, String id, String status, String source, BigDecimal paid) {}

    private record Line(String what, Object expected, Object found) {
        boolean agrees() {
            return expected instanceof BigDecimal one && found instanceof BigDecimal other
                    ? one.compareTo(other) == 0
                    : Objects.equals(expected, found);
        }
    }

    private final Office office;
    private final Carrier carrier;
    private final List<PhoneCall> calls = new ArrayList<>();
    private final List<Person> textsIn = new ArrayList<>();
    private final List<Appointment> appointments = new ArrayList<>();
    private final Set<Person> people = new LinkedHashSet<>();
    private final Map<Person, Integer> textsOutBefore = new HashMap<>();
    private Map<String, BigDecimal> toldBefore = Map.of();
    private int acceptedBefore;
    private final Set<String> bookingsBefore = new HashSet<>();
    private Figures before;

    Books(Office office, Carrier carrier) {
        this.office = office;
        this.carrier = carrier;
    }

    /** Remembers what is there already; before anything is sent, with everybody who will call or text. */
    void open(Collection<Person> everybody) {
        people.addAll(everybody);
        Map<String, BigDecimal> told = null;
        // A price that was told shows a moment later: for a second nothing may have been told.
        for (int i = 0; i < 20 && !toldBefore.equals(told); i++) {
            told = carrier.told();
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            before = Figures.of(office, people);
            toldBefore = carrier.told();
        }
        acceptedBefore = carrier.accepted();
        for (Person person : people) {
            textsOutBefore.put(person, carrier.textsTo(person).size());
            office.listOf("/api/bookings", person)
                    .forEach(booking -> bookingsBefore.add(booking.get("id").asText()));
        }
    }

    synchronized void add(PhoneCall call) {
        calls.add(call);
    }

    synchronized void addText(Person from) {
        textsIn.add(from);
    }

    synchronized void add(Appointment appointment) {
        appointments.add(appointment);
    }

    /** What is in these books has another status now. */
    synchronized void become(Appointment appointment, String status) {
        appointments.remove(appointment);
        appointments.add(new Appointment(
                appointment.person(), appointment.id(), status, appointment.source(), appointment.paid()));
    }

    /** Whether this booking was there before or is in these books. */
    synchronized boolean knows(String bookingId) {
        return bookingsBefore.contains(bookingId)
                || appointments.stream()
                        .anyMatch(appointment -> appointment.id().equals(bookingId));
    }

    /** How much of what is in these books. */
    String summary() {
        return "%d calls, %d texts, %d bookings".formatted(calls.size(), textsIn.size(), appointments.size());
    }

    /** Waits until everything agrees, at most a minute, prints the comparison and says whether it does. */
    boolean balance() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long since = System.nanoTime();
        List<Line> lines = compare();
        while (!lines.stream().allMatch(Line::agrees) && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
            lines = compare();
        }
        print(lines, (System.nanoTime() - since) / 1e9);
        return lines.stream().allMatch(Line::agrees);
    }

    private List<Line> compare() {
        List<Line> lines = new ArrayList<>();
        // What the provider billed, for anybody: earlier texts may get their price meanwhile.
        Map<String, BigDecimal> told = new HashMap<>(carrier.told());
        List<Line> callLines = new ArrayList<>();
        for (PhoneCall call : calls) {
            BigDecimal carriage = told.getOrDefault(call.carrierId(), BigDecimal.ZERO);
            callLines.addAll(compare(call, call.cost().add(carriage)));
        }
        told.keySet().removeAll(toldBefore.keySet());
        BigDecimal cost = Stream.concat(told.values().stream(), calls.stream().map(PhoneCall::cost))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        int textsOut = carrier.accepted() - acceptedBefore;
        Figures now = Figures.of(office, people);
        lines.add(daily(now, "total_calls", calls.size()));
        lines.add(daily(now, "successful_calls", count("completed")));
        lines.add(daily(now, "failed_calls", calls.size() - count("completed")));
        lines.add(daily(now, "total_bookings", appointments.size()));
        lines.add(daily(now, "total_sms", textsIn.size() + textsOut));
        lines.add(new Line("daily total_cost", cost, now.since(before, "total_cost")));
        for (Person person : people) {
            lines.addAll(compare(person, now));
        }
        lines.addAll(callLines);
        appointments.forEach(appointment -> lines.addAll(compare(appointment)));
        return lines;
    }

    private int count(String status) {
        return (int)
                calls.stream().filter(call -> call.kind().status.equals(status)).count();
    }

    private Line daily(Figures now, String name, int expected) {
        return new Line("daily " + name, BigDecimal.valueOf(expected), now.since(before, name));
    }

    private List<Line> compare(Person person, Figures now) {
        String key = person.phone() + " ";
        long theirCalls =
                calls.stream().filter(call -> call.person().equals(person)).count();
        List<Appointment> theirs = appointments.stream()
                .filter(appointment -> appointment.person().equals(person))
                .toList();
        long texts = textsIn.stream().filter(person::equals).count()
                + carrier.textsTo(person).size()
                - textsOutBefore.get(person);
        BigDecimal spent = theirs.stream().map(Appointment::paid).reduce(BigDecimal.ZERO, BigDecimal::add);
        return List.of(
                line(now, "customer", key + "total_calls", BigDecimal.valueOf(theirCalls)),
                line(now, "customer", key + "total_bookings", BigDecimal.valueOf(theirs.size())),
                line(now, "customer", key + "total_spent", spent),
                line(now, "conversation", key + "message_count", BigDecimal.valueOf(texts)));
    }

    private Line line(Figures now, String kind, String name, BigDecimal expected) {
        return new Line(kind + " " + name, expected, now.since(before, name));
    }

    private List<Line> compare(PhoneCall call, BigDecimal cost) {
        List<JsonNode> found = office.listOf("/api/calls", call.person()).stream()
                .filter(row -> row.path("provider_call_id").asText().equals(call.listedId())
                        || row.path("carrier_call_id").asText().equals(call.carrierId()))
                .toList();
        String what = "call " + call.listedId();
        if (found.size() != 1) {
            return List.of(new Line(what + " rows", 1, found.size()));
        }
        JsonNode row = found.get(0);
        return List.of(
                new Line(
                        what + " status", call.kind().status, row.path("status").asText()),
                new Line(
                        what + " duration", call.seconds(), row.path("duration").asInt()),
                new Line(
                        what + " sentiment",
                        call.sentiment(),
                        row.path("sentiment").textValue()),
                new Line(what + " cost", cost, row.path("cost").decimalValue()));
    }

    private List<Line> compare(Appointment appointment) {
        JsonNode row = office.get("/api/bookings/" + appointment.id());
        String what = "booking " + appointment.id();
        return List.of(
                new Line(
                        what + " phone",
                        appointment.person().phone(),
                        row.path("customer_phone").asText()),
                new Line(
                        what + " source",
                        appointment.source(),
                        row.path("source").asText()),
                new Line(
                        what + " status",
                        appointment.status(),
                        row.path("status").asText()));
    }

    private static void print(List<Line> lines, double seconds) {
        System.out.printf("%n%-28s %14s %14s%n", "", "sent", "shown");
        lines.stream()
                .filter(line -> line.what().startsWith("daily") || !line.agrees())
                .forEach(line -> System.out.printf(
                        "%-28s %14s %14s %s%n",
                        line.what(), line.expected(), line.found(), line.agrees() ? "" : "  <-- differs"));
        long wrong = lines.stream().filter(line -> !line.agrees()).count();
        System.out.printf(
                wrong == 0
                        ? "%nAll %d comparisons agree, %.1f s after the last webhook.%n"
                        : "%n%2$d of %1$d comparisons differ, after %3$.1f s.%n",
                wrong == 0 ? new Object[] {lines.size(), seconds} : new Object[] {lines.size(), wrong, seconds});
    }
}
