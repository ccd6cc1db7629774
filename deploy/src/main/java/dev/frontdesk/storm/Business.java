package dev.frontdesk.storm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.local.Accounts;
import dev.frontdesk.local.Accounts.Account;
import dev.frontdesk.local.Refusal;
import dev.frontdesk.local.Settings;
import dev.frontdesk.simulate.Carrier;
import dev.frontdesk.simulate.Person;
import dev.frontdesk.simulate.Retell;
import dev.frontdesk.simulate.Twilio;
import dev.frontdesk.simulate.Vapi;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** One client: its providers, the people who know it, and the times it can be booked for. */
final class Business {
    final String client;
    final Account account;
    final Twilio twilio;
    final Vapi vapi;
    final Retell retell;
    final Carrier carrier;
    private final Set<String> known = new HashSet<>();
    private final List<Person> people = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();
    /** Set aside before anybody books, the latest first. */
    private final List<Instant> reserved = new ArrayList<>();

    private final List<String> services = new ArrayList<>();

    Business(Settings settings, String client, Sender sender, Random random) {
        this.client = client;
        account = Accounts.in(settings.clients()).of(client);
        twilio = new Twilio(settings.gatewayUrl(), account);
        vapi = new Vapi(account);
        retell = new Retell(account);
        carrier = new Carrier(settings.simulatorUrl(), account);
        for (int i = 0; i < 300; i++) {
            people.add(stranger(random));
        }
        ask(sender, "/api/services")
                .forEach(service -> services.add(service.path("code").asText()));
        LocalDate from = LocalDate.now(ZoneOffset.UTC).plusDays(2);
        for (int i = 0; i < 4; i++, from = from.plusDays(28)) {
            findTimes(sender, from);
        }
        if (times.isEmpty()) {
            throw new Refusal("Client %s has no times to book.".formatted(client));
        }
        for (int i = times.size() - 1; i >= 0; i -= 5) {
            reserved.add(times.remove(i));
        }
    }

    private void findTimes(Sender sender, LocalDate from) {
        Instant free =
                times.isEmpty() ? Instant.MIN : times.get(times.size() - 1).plusSeconds(3600);
        String query =
                "/api/availability?service_type=%s&from=%s&to=%s".formatted(services.get(0), from, from.plusDays(27));
        for (JsonNode slot : ask(sender, query)) {
            Instant start = Instant.parse(slot.path("starts_at").asText());
            // Times overlap where a service takes longer than the steps in which it may begin.
            if (!start.isBefore(free)) {
                times.add(start);
                free = Instant.parse(slot.path("ends_at").asText());
            }
        }
    }

    private JsonNode ask(Sender sender, String path) {
        Sender.Reply reply = sender.get(client, path);
        if (!reply.isOk()) {
            throw new Refusal("GET %s: %d %s".formatted(path, reply.status(), reply.body()));
        }
        return reply.json().path("items");
    }

    /** Somebody nobody has heard of, as long as the numbers set aside for fiction last. */
    synchronized Person stranger(Random random) {
        Person person = Person.any(random, account.region());
        for (int i = 0; i < 100 && !known.add(person.phone()); i++) {
            person = Person.any(random, account.region());
        }
        return person;
    }

    Person somebody(Random random) {
        return people.get(random.nextInt(people.size()));
    }

    String service(Random random) {
        return services.get(random.nextInt(services.size()));
    }

    /** A time that may be free. */
    synchronized Instant time(Random random) {
        return times.get(random.nextInt(times.size()));
    }

    /** A time that nobody else here will ask for. */
    synchronized Instant reservedTime(Random random) {
        return reserved.remove(random.nextInt(reserved.size()));
    }

    /** The next time that nobody else here will ask for. */
    synchronized Instant nextReservedTime() {
        return reserved.remove(reserved.size() - 1);
    }

    /** Nobody has it any more. */
    synchronized void giveBack(Instant time) {
        reserved.add(time);
    }
}
