package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.simulate.Delivery;
import dev.frontdesk.simulate.Person;
import dev.frontdesk.simulator.Sid;
import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Entry.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Clients send a request, or half of one, and are gone before the answer. */
final class HangUps implements Fault {
    private static final int TIMES = 1000;

    @Override
    public String numbers() {
        return "F14";
    }

    @Override
    public String name() {
        return TIMES + " clients hang up mid-request";
    }

    @Override
    public String strike(Site site, Acts acts) {
        for (int i = 0; i < TIMES; i++) {
            hangUp(site, i % 2 == 0);
        }
        double free = Wait.until(
                20,
                "no transaction is left open",
                () -> site.database(Service.SMS)
                                .count(
                                        "select count(*) from pg_stat_activity where usename = 'sms_app'"
                                                + " and state like 'idle in transaction%' and state_change < now() - interval '2 seconds'")
                        == 0);
        long connections =
                site.database(Service.SMS).count("select count(*) from pg_stat_activity where usename = 'sms_app'");
        int most = site.sender.alsoAt(Service.SMS) == null ? 12 : 24;
        if (connections > most) {
            throw new Unmet("%d connections to the database, at most %d are expected".formatted(connections, most));
        }
        return "%d connections to the database, none left in a transaction after %.1f s".formatted(connections, free);
    }

    private static void hangUp(Site site, boolean halfway) {
        Business business = site.business();
        Person person = business.somebody(site.random);
        String sid = Sid.next("SM");
        Entry entry = site.ledger.ask(Kind.TEXT, sid, business.client, person.phone(), "hung up");
        Delivery delivery = business.twilio.incomingText(sid, person, "I will not wait");
        byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
        String head = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n%s\r\n\r\n"
                .formatted(
                        delivery.path(),
                        body.length,
                        delivery.headers().entrySet().stream()
                                .map(header -> header.getKey() + ": " + header.getValue())
                                .collect(Collectors.joining("\r\n")));
        int port = site.settings.services().get(Service.SMS);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoLinger(true, 0);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.UTF_8));
            out.write(body, 0, halfway ? body.length / 2 : body.length);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        site.ledger.settle(entry, halfway ? Answer.REJECTED : Answer.UNKNOWN, null);
    }
}
