package dev.frontdesk.storm;

import dev.frontdesk.simulate.Person;
import dev.frontdesk.storm.Entry.Answer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** A text whose transaction has begun, has its outbox row, and can't commit before it is let go. */
final class HeldText implements AutoCloseable {
    private final Connection connection;
    private final CompletableFuture<Entry> answer;

    HeldText(Site site, Acts acts, Person person) {
        Business business = site.business();
        // There has to be a conversation, so that its row can be locked.
        acts.text(business, person, "First", false);
        String url = "jdbc:postgresql://localhost:%d/sms".formatted(site.settings.postgres());
        try {
            connection = DriverManager.getConnection(url, "postgres", "postgres");
            connection.setAutoCommit(false);
            try (PreparedStatement lock = connection.prepareStatement(
                    "select 1 from conversations where client_id = ? and phone_number = ? for update")) {
                lock.setString(1, business.client);
                lock.setString(2, person.phone());
                lock.execute();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        answer = CompletableFuture.supplyAsync(() -> acts.text(business, person, "Second", false));
        Wait.pause(500);
    }

    /** Lets it commit and returns what it was told. */
    Answer letGo() {
        close();
        return answer.join().answer();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
