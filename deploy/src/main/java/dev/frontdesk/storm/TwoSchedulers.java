package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.simulate.Person;
import dev.frontdesk.testing.Broker;
import dev.frontdesk.testing.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Two booking-services look for due reminders in the same moment. Everybody is to be reminded, and once. */
final class TwoSchedulers implements Fault {
    /** Whoever measures the tables waits as well. */
    private static final String ASKING = """
            select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.relation = 'reminders'::regclass and not l.granted and a.query like '%from reminders r%'
            """;
    /** A client may have so many rules, and each makes one time due. */
    private static final int TIMES = 5;
    /** Which can be booked so often. */
    private static final int VANS = 2;

    @Override
    public String numbers() {
        return "F20";
    }

    @Override
    public String name() {
        return "two schedulers in the moment when %d reminders come due".formatted(TIMES * VANS);
    }

    @Override
    public String strike(Site site, Acts acts) {
        boolean own = site.sender.alsoAt(Service.BOOKING) == null;
        if (own) {
            site.platform.startSecond(Service.BOOKING, Broker.freePort());
        }
        String usual = (String) bookings(site)
                .value("select reminders::text from booking_rules where client_id = ?", site.business().client);
        try {
            return remind(site, acts);
        } finally {
            decree(site, usual);
            if (own) {
                site.platform.stopSecond(Service.BOOKING);
            }
        }
    }

    private static String remind(Site site, Acts acts) {
        Business business = site.business();
        List<Person> people = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            Instant time = business.nextReservedTime();
            times.add(time);
            for (int van = 0; van < VANS; van++) {
                people.add(book(site, acts, time));
            }
        }
        Instant due = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Wait.until(2, "they are due", () -> Instant.now().isAfter(due));
        together(site, () -> decree(site, rules(times, due)));
        double sent = Wait.until(
                30, "everybody is reminded", () -> people.stream().allMatch(person -> reminders(business, person) > 0));
        Wait.pause(3000);
        for (Person person : people) {
            long number = reminders(business, person);
            if (number > 1) {
                throw new Unmet("%s was reminded %d times".formatted(person.phone(), number));
            }
        }
        return "both found them due at once; %d people reminded within %.1f s, each once"
                .formatted(people.size(), sent);
    }

    private static Person book(Site site, Acts acts, Instant time) {
        Person person = site.business().stranger(site.random);
        Entry booked = acts.book(site.business(), Acts.booking(site.business(), person, time.toString()));
        if (!booked.is(Entry.Answer.OK)) {
            throw new Unmet("%s was not booked".formatted(time));
        }
        return person;
    }

    /** By which each of these times is due to be reminded of at that moment, as the table has them: longest first. */
    private static String rules(List<Instant> times, Instant due) {
        return times.stream()
                .map(time -> Duration.between(due, time))
                .sorted(Comparator.reverseOrder())
                .map(Duration::toString)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void decree(Site site, String rules) {
        bookings(site)
                .run(
                        "update booking_rules set reminders = ?::text[] where client_id = ?",
                        rules,
                        site.business().client);
    }

    private static Database bookings(Site site) {
        return site.database(Service.BOOKING).client(site.business().client);
    }

    /** Both schedulers are stopped where they ask what is due, and go on together. */
    private static void together(Site site, Runnable comesDue) {
        String url = "jdbc:postgresql://localhost:%d/booking".formatted(site.settings.postgres());
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table reminders in access exclusive mode");
            comesDue.run();
            Wait.until(25, "both schedulers ask what is due", () -> asking(site) == 2);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long asking(Site site) {
        return site.database(Service.BOOKING).count(ASKING);
    }

    private static long reminders(Business business, Person person) {
        return business.carrier.textsTo(person).stream()
                .filter(text -> text.path("body").asText().contains("reminder of your"))
                .count();
    }
}
