package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.simulate.Delivery;
import dev.frontdesk.simulate.Person;
import dev.frontdesk.simulate.PhoneCall;
import dev.frontdesk.simulator.Sid;
import dev.frontdesk.storm.Entry.Kind;
import dev.frontdesk.storm.Sender.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A request at the gateway of which the service has only the first half: under way for as long as one likes. */
final class HalfSent implements AutoCloseable {
    private final Socket socket;
    private final byte[] secondHalf;
    /** Enters the answer in the ledger. */
    private final Consumer<Reply> note;

    private HalfSent(Site site, String path, String body, Map<String, String> headers, Consumer<Reply> note) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        secondHalf = Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length);
        this.note = note;
        StringBuilder head = new StringBuilder("POST %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n"
                .formatted(path, site.settings.gateway()));
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        try {
            socket = new Socket("localhost", site.settings.gateway());
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes, 0, bytes.length / 2);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that this service would accept. */
    static HalfSent to(Service service, Site site, Acts acts) {
        Business business = site.business();
        Person person = business.stranger(site.random);
        return switch (service) {
            case BOOKING -> booking(site, acts, business, person);
            case CALL -> call(site, acts, business, person);
            case SMS -> text(site, acts, business, person);
            case CUSTOMER ->
                staff(site, "/api/customers", Map.of("name", person.name(), "phone", person.phone()), reply -> {});
            case ANALYTICS -> {
                String day = LocalDate.now().minusDays(300).toString();
                yield staff(site, "/api/analytics/recompute", Map.of("from", day, "to", day), reply -> {});
            }
        };
    }

    private static HalfSent booking(Site site, Acts acts, Business business, Person person) {
        Map<String, Object> body =
                Acts.booking(business, person, business.time(site.random).toString());
        String mark = (String) body.get("notes");
        Entry entry = site.ledger.ask(Kind.BOOKING, mark, business.client, person.phone(), null);
        return staff(
                site,
                "/api/bookings",
                body,
                reply -> acts.settle(
                        entry, reply, reply.isOk() ? reply.json().path("id").asText() : null));
    }

    private static HalfSent call(Site site, Acts acts, Business business, Person person) {
        PhoneCall call = PhoneCall.of(PhoneCall.Kind.ANSWERED, site.random, person);
        Entry entry = site.ledger.ask(Kind.CALL, call.listedId(), business.client, person.phone(), call.carrierId());
        Delivery report = business.vapi.report(call);
        return new HalfSent(
                site,
                report.path(),
                report.body(),
                report.headers(),
                reply -> acts.settle(entry, reply, call.kind().status));
    }

    private static HalfSent text(Site site, Acts acts, Business business, Person person) {
        String sid = Sid.next("SM");
        Entry entry = site.ledger.ask(Kind.TEXT, sid, business.client, person.phone(), null);
        Delivery text = business.twilio.incomingText(sid, person, "Thanks!");
        return new HalfSent(site, text.path(), text.body(), text.headers(), reply -> acts.settle(entry, reply, null));
    }

    private static HalfSent staff(Site site, String path, Map<String, ?> body, Consumer<Reply> note) {
        Map<String, String> headers = Map.of("Content-Type", "application/json", "X-Client-Id", "default");
        return new HalfSent(site, path, Sender.JSON.valueToTree(body).toString(), headers, note);
    }

    /** Sends the rest and returns the answer; status 0 when there was none. */
    Reply finish() {
        Reply reply = new Reply(0, "", Map.of());
        try {
            socket.getOutputStream().write(secondHalf);
            socket.getOutputStream().flush();
            reply = answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Nobody answered.
        }
        note.accept(reply);
        return reply;
    }

    private static Reply answer(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Reply(0, text, Map.of());
        }
        return new Reply(Integer.parseInt(text.split(" ", 3)[1]), text.substring(end + 4), new HashMap<>());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
