package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.simulate.Person;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** A text's transaction is held up after its event got its number; later ones commit and are published before it. */
final class LateCommit implements Fault {
    @Override
    public String numbers() {
        return "F8";
    }

    @Override
    public String name() {
        return "a slow transaction holds an early outbox row";
    }

    @Override
    public String strike(Site site, Acts acts) {
        Business business = site.business();
        Person person = business.stranger(site.random);
        acts.text(business, person, "First", false);
        CompletableFuture<Void> held;
        long published;
        String url = "jdbc:postgresql://localhost:%d/sms".formatted(site.settings.postgres());
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                PreparedStatement lock = connection.prepareStatement(
                        "select 1 from conversations where client_id = ? and phone_number = ? for update")) {
            connection.setAutoCommit(false);
            lock.setString(1, business.client);
            lock.setString(2, person.phone());
            lock.execute();
            held = CompletableFuture.runAsync(() -> acts.text(business, person, "Second", false));
            Wait.pause(500);
            published = site.topic("sms-messages").messages().size();
            for (int i = 0; i < 20; i++) {
                acts.text(business, business.stranger(site.random), "In between", false);
            }
            Wait.until(
                    15,
                    "what came later is published",
                    () -> site.topic("sms-messages").messages().size() >= published + 20);
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        held.join();
        double lag = Wait.until(10, "the held event is published", () -> received(site, person) == 2);
        return "20 later ones published before it; it followed %.1f s after its commit".formatted(lag);
    }

    private static long received(Site site, Person person) {
        long waiting = site.database(Service.SMS)
                .count("select count(*) from outbox where payload ->> 'phone_number' = ?", person.phone());
        return waiting > 0
                ? 0
                : site.topic("sms-messages").messages().stream()
                        .filter(message ->
                                "sms.received.v1".equals(message.headers().get("ce_type")))
                        .filter(message -> message.value().contains(person.phone()))
                        .map(message -> message.headers().get("ce_id"))
                        .distinct()
                        .count();
    }
}
