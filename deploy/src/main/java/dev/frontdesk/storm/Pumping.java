package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.simulate.Person;
import dev.frontdesk.testing.Database;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Somebody makes us text one number again and again, and all numbers of its block. */
final class Pumping implements Fault {
    private static final int TO_ONE_NUMBER = 130;
    private static final int NUMBER_LIMIT = 100;
    private static final int PREFIX_LIMIT = 1000;
    /** Codes of areas in which nobody else here lives. */
    private static final int[] AREAS = {
        204, 226, 236, 249, 250, 289, 306, 343, 365, 403, 416, 418, 431, 437, 438, 450, 506, 514, 519, 579, 581, 587,
        604, 613, 639, 647, 705, 709, 778, 780, 807, 819, 867, 873, 902, 905
    };

    private static final String PREFIX = "+1%d555";
    private static final String COUNTED = """
            insert into send_counters (client_id, scope, window_start, count) values ('default', ?, ?, ?) on conflict do nothing
            """;
    private static final String DUE = """
            select count(*) from sms_messages
            where phone_number like ? and handover is not null and (due_at <= now() or handover <> 'waiting')
            """;
    private static final String HELD = """
            select count(*) from sms_messages
            where phone_number like ? and handover = 'waiting' and error_code = 'rate-limited'
            """;

    private final int texts;
    private final int before;
    private final AtomicInteger strikes = new AtomicInteger();

    /** @param before how many the prefix is said to have had this hour, so that fewer texts reach its limit */
    Pumping(int texts, int before) {
        this.texts = texts;
        this.before = before;
    }

    @Override
    public String numbers() {
        return "F24";
    }

    @Override
    public String name() {
        return "%,d texts to one prefix, %d of them to one number (pumping)".formatted(texts, TO_ONE_NUMBER);
    }

    /** What became of the texts to a prefix; {@code counted} is what FrontdeskTextsLimited sees of it. */
    private record Count(long accepted, long sent, long toOneNumber, long held, double counted) {
        @Override
        public String toString() {
            return "%d accepted, %d sent, %d of them to the one number, %d held, %.0f counted for the alert"
                    .formatted(accepted, sent, toOneNumber, held, counted);
        }
    }

    @Override
    public String strike(Site site, Acts acts) {
        String prefix = PREFIX.formatted(AREAS[strikes.getAndIncrement() % AREAS.length]);
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Database sms = site.database(Service.SMS);
        sms.run(COUNTED, "prefix " + prefix, Timestamp.from(hour), before);
        double countedBefore = counted(site);
        long accepted = pump(site.business(), acts, block(prefix));
        double bystander = bystander(site, acts);
        Wait.until(120, "what is allowed goes out, the rest is held", () -> sms.count(DUE, prefix + "%") == 0);
        Count count = count(site, prefix, accepted, countedBefore);
        long hours = ChronoUnit.HOURS.between(hour, Instant.now()) + 1;
        boolean isLimited = count.sent <= PREFIX_LIMIT * hours - before && count.toOneNumber <= NUMBER_LIMIT * hours;
        boolean isAllowed = count.sent >= PREFIX_LIMIT - before;
        if (!isLimited || !isAllowed || count.held != accepted - count.sent || count.counted < count.held) {
            throw new Unmet(count.toString());
        }
        return "%s; a text to somebody else went out after %.1f s".formatted(count, bystander);
    }

    private static Count count(Site site, String prefix, long accepted, double countedBefore) {
        List<String> sent = site.business().carrier.texts().stream()
                .map(text -> text.path("to").asText())
                .filter(to -> to.startsWith(prefix))
                .toList();
        String one = block(prefix).get(0).phone();
        return new Count(
                accepted,
                sent.size(),
                sent.stream().filter(one::equals).count(),
                site.database(Service.SMS).count(HELD, prefix + "%"),
                counted(site) - countedBefore);
    }

    private static List<Person> block(String prefix) {
        return IntStream.range(0, 100)
                .mapToObj(i -> new Person("Pumped", prefix + "01%02d".formatted(i)))
                .toList();
    }

    /** How many were accepted. */
    private long pump(Business business, Acts acts, List<Person> block) {
        Stream<Person> one = Stream.generate(() -> block.get(0)).limit(TO_ONE_NUMBER);
        Stream<Person> others =
                IntStream.range(0, texts - TO_ONE_NUMBER).mapToObj(i -> block.get(1 + i % (block.size() - 1)));
        try (Together staff = new Together(4)) {
            return staff
                    .all(Stream.concat(one, others)
                            .map(person -> (Supplier<Entry>) () -> acts.staffText(business, person)))
                    .stream()
                    .filter(entry -> entry.is(Entry.Answer.OK))
                    .count();
        }
    }

    /** After how many seconds somebody else's text goes out. */
    private static double bystander(Site site, Acts acts) {
        Business business = site.business();
        Person person = business.stranger(site.random);
        acts.staffText(business, person);
        return Wait.until(
                60,
                "a text to somebody else goes out",
                () -> !business.carrier.textsTo(person).isEmpty());
    }

    /** By every instance, since it started. */
    private static double counted(Site site) {
        return Stream.of(site.settings.url(Service.SMS), site.sender.alsoAt(Service.SMS))
                .filter(url -> url != null)
                .flatMap(url -> site.sender.get(url + "/q/metrics").body().lines())
                .filter(line -> line.startsWith("frontdesk_sms_limited_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
