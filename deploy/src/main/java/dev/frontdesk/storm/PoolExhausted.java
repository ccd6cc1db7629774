package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.simulate.Delivery;
import dev.frontdesk.simulate.Person;
import dev.frontdesk.simulator.Sid;
import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Entry.Kind;
import dev.frontdesk.storm.Sender.Reply;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A lock keeps every connection of sms-service busy while sixty texts come at once. */
final class PoolExhausted implements Fault {
    private static final int TEXTS = 60;

    @Override
    public String numbers() {
        return "F13";
    }

    @Override
    public String name() {
        return "the pool is exhausted: a lock holds every statement of sms-service";
    }

    @Override
    public String strike(Site site, Acts acts) {
        String url = "jdbc:postgresql://localhost:%d/sms".formatted(site.settings.postgres());
        List<CompletableFuture<Reply>> asked = new ArrayList<>();
        int alive;
        long within;
        ExecutorService people = Executors.newFixedThreadPool(TEXTS);
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table conversations in access exclusive mode");
            for (int i = 0; i < TEXTS; i++) {
                asked.add(CompletableFuture.supplyAsync(() -> text(site), people));
            }
            Wait.pause(1000);
            alive = site.sender.status(site.settings.url(Service.SMS) + "/q/health/live");
            Wait.pause(7000);
            within = asked.stream().filter(CompletableFuture::isDone).count();
            connection.rollback();
            asked.forEach(CompletableFuture::join);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            people.shutdown();
        }
        if (alive != 200) {
            throw new Unmet("liveness meanwhile: " + alive);
        }
        List<Integer> statuses =
                asked.stream().map(reply -> reply.join().status()).toList();
        if (!Set.of(200, 503).containsAll(statuses) || !statuses.contains(503)) {
            throw new Unmet("answered neither 200 nor 503, or all 200: " + statuses);
        }
        long refused = statuses.stream().filter(status -> status == 503).count();
        return "%d texts at once: %d answered within 8 s under the lock, %d with 503 in all; liveness %d"
                .formatted(TEXTS, within, refused, alive);
    }

    private static Reply text(Site site) {
        Business business = site.business();
        String sid = Sid.next("SM");
        Person person = business.stranger(site.random);
        Entry entry = site.ledger.ask(Kind.TEXT, sid, business.client, person.phone(), null);
        Delivery delivery = business.twilio.incomingText(sid, person, "Hello?");
        Reply reply = site.sender.send(delivery, Sender.Patience.NONE);
        site.ledger.settle(entry, reply.isOk() ? Answer.OK : Answer.UNKNOWN, null);
        return reply;
    }
}
