package dev.frontdesk.local;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The provider accounts of the clients that the local platform ships, read from where the services read them. */
public final class Accounts {
    /** What one client has at its providers. */
    public record Account(
            String clientId,
            String currency,
            String region,
            String twilioSid,
            String twilioToken,
            String number,
            String vapiSecret,
            String retellKey) {}

    private final List<Account> all;

    private Accounts(List<Account> all) {
        this.all = all;
    }

    public static Accounts in(Path clients) {
        Properties file = new Properties();
        try (Reader in = Files.newBufferedReader(clients)) {
            file.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Accounts(file.stringPropertyNames().stream()
                .filter(name -> name.endsWith(".twilio.account-sid"))
                .map(name -> name.split("\\.")[2])
                .sorted()
                .map(id -> account(id, file))
                .toList());
    }

    private static Account account(String id, Properties file) {
        String prefix = "frontdesk.clients." + id;
        return new Account(
                id,
                file.getProperty(prefix + ".currency"),
                file.getProperty(prefix + ".region"),
                file.getProperty(prefix + ".twilio.account-sid"),
                file.getProperty(prefix + ".twilio.auth-token"),
                file.getProperty(prefix + ".twilio.from"),
                file.getProperty(prefix + ".vapi.secret"),
                file.getProperty(prefix + ".retell.api-key"));
    }

    public List<Account> all() {
        return all;
    }

    public Account of(String clientId) {
        return all.stream()
                .filter(account -> account.clientId().equals(clientId))
                .findFirst()
                .orElseThrow(() -> new Refusal("No client is called %s.".formatted(clientId)));
    }
}
