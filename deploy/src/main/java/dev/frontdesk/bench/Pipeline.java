package dev.frontdesk.bench;

import static dev.frontdesk.bench.Bench.say;

import dev.frontdesk.bench.Processes.Cpu;
import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.Settings;
import dev.frontdesk.testing.Database;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/** From the outbox to the rollups: what the relay publishes, what analytics takes in, and how far behind it is. */
final class Pipeline {

    private static final int LARGEST = 500;
    /** How many events are enough for a figure, by how many analytics takes in at once; the largest last. */
    private static final SortedMap<Integer, Integer> EVENTS =
            new TreeMap<>(Map.of(1, 5_000, 10, 20_000, 100, 100_000, LARGEST, 800_000));

    private static final SortedMap<Integer, Integer> FEW = new TreeMap<>(Map.of(1, 600, LARGEST, 40_000));

    private static final int LAG_RATE = 200;
    /** Numbers that the hot paths do not reach. */
    private static final long FROM = 1_000_000_000L;

    private final Settings settings;
    private final Platform platform;
    private final Processes processes;
    private final Database sms;
    private final Database analytics;
    private final SortedMap<Integer, Integer> events;
    private final Duration length;

    Pipeline(Settings settings, Platform platform, Processes processes, boolean quick) {
        this.processes = processes;
        this.events = quick ? FEW : EVENTS;
        this.length = Duration.ofSeconds(quick ? 3 : 20);
        this.settings = settings;
        this.platform = platform;
        String address = "localhost:" + settings.postgres();
        sms = Database.at(address, "sms", "postgres");
        analytics = Database.at(address, "analytics", "postgres");
    }

    /** The same traffic twice: once to warm everything up. */
    void lag() {
        Unanswered.end(sms);
        Workload texts = Workloads.text(settings);
        int total = (int) (LAG_RATE * length.toSeconds());
        long[] answered = new long[total];
        try (HttpLoad load = new HttpLoad(settings.services().get(Service.SMS), 32, texts.answered())) {
            load.paced(texts.calls(), FROM, LAG_RATE, length, null);
            settle();
            seen(load, texts, answered);
        }
    }

    /** Ends customer-service, which would take in the same events beside analytics. */
    void rates() {
        platform.stop(Service.CUSTOMER);
        Map<Integer, Figure> rates = new TreeMap<>();
        for (int batch : events.keySet()) {
            Figure relay = published(events.get(batch));
            if (batch == LARGEST) {
                relay.say("relay", "from outbox to broker, acknowledged and deleted");
            }
            rates.put(batch, rollups(batch, events.get(batch)));
            rates.get(batch).say("rollups, batch " + batch, "from topic to rollups and counters");
        }
        say("%-24s %9.1f times batch 1"
                .formatted(
                        "rollups, batch " + LARGEST,
                        rates.get(LARGEST).perSecond() / rates.get(1).perSecond()));
    }

    /** So many events in so many seconds, and what they took of the processors. */
    private record Figure(long events, double seconds, Cpu cpu) {
        double perSecond() {
            return events / seconds;
        }

        void say(String name, String what) {
            Bench.say("%-24s %9.0f events/s %s; CPU s/1k %.2f, PG s/1k %.2f"
                    .formatted(
                            name, perSecond(), what, cpu.service() * 1_000 / events, cpu.postgres() * 1_000 / events));
        }
    }

    /** Fills the outbox in one transaction and waits until it is empty; events per second. */
    private Figure published(int events) {
        platform.stop(Service.ANALYTICS);
        sms.run("""
                insert into outbox (client_id, aggregatetype, aggregateid, type, payload)
                select 'default', 'sms-messages', id, 'sms.received.v1', jsonb_build_object(
                    'occurred_at', now(), 'id', id, 'version', 1, 'phone_number', phone, 'direction', 'inbound',
                    'status', 'received', 'segments', 1, 'cost', 0.0079, 'created_at', now())
                from (select gen_random_uuid() as id, '+1415' || (2000000 + n %% 9000) as phone
                      from generate_series(1, %d) n) as texts
                """.formatted(events));
        Cpu before = processes.cpu(Service.SMS);
        long since = System.nanoTime();
        await("the outbox to drain", () -> sms.count("select count(*) from outbox") == 0);
        double seconds = (System.nanoTime() - since) / 1e9;
        return new Figure(events, seconds, processes.cpu(Service.SMS).since(before));
    }

    /** Rate of the second half, so that joining the group and warming up do not count. */
    private Figure rollups(int batch, int events) {
        long before = facts();
        platform.start(Service.ANALYTICS, Map.of("ANALYTICS_BATCH_SIZE", Integer.toString(batch)));
        await("the first facts", () -> facts() >= before + events / 2);
        long first = facts();
        Cpu cpu = processes.cpu(Service.ANALYTICS);
        long since = System.nanoTime();
        await("all facts", () -> facts() >= before + events);
        double seconds = (System.nanoTime() - since) / 1e9;
        long taken = facts() - before;
        if (taken != events) {
            throw new Bench.Unbalanced("%d events were published, %d counted".formatted(events, taken));
        }
        return new Figure(
                events + before - first,
                seconds,
                processes.cpu(Service.ANALYTICS).since(cpu));
    }

    private void seen(HttpLoad load, Workload texts, long[] answered) {
        int total = answered.length;
        long before = facts();
        long[] visible = new long[total];
        CompletableFuture<Void> watcher = CompletableFuture.runAsync(() -> watch(before, visible));
        load.paced(texts.calls(), FROM + total, LAG_RATE, length, answered);
        watched(watcher);
        // Texts become visible about in the order they were answered; the n-th answer waits for the n-th fact.
        Arrays.sort(answered);
        double[] lag = new double[total];
        for (int i = 0; i < total; i++) {
            lag[i] = Math.max(0, (visible[i] - answered[i]) / 1e6);
        }
        Arrays.sort(lag);
        say("%-24s p50 %.0f ms, p99 %.0f ms from webhook answer to rollup at %d texts/s"
                .formatted("lag", lag[total / 2], lag[(int) (total * 0.99)], LAG_RATE));
    }

    private void watch(long before, long[] visible) {
        int seen = 0;
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (seen < visible.length && System.nanoTime() < end) {
            long now = Math.min(facts() - before, visible.length);
            long at = System.nanoTime();
            while (seen < now) {
                visible[seen++] = at;
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        if (seen < visible.length) {
            throw new Bench.Unbalanced("%d of %d texts reached the rollups".formatted(seen, visible.length));
        }
    }

    private void settle() {
        await("the outbox to drain", () -> sms.count("select count(*) from outbox") == 0);
        long[] last = {-1};
        await("the rollups to come to rest", () -> {
            long now = facts();
            boolean still = now == last[0];
            last[0] = now;
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            return still;
        });
    }

    /** Texts in the rollups; a handful of rows, so that asking costs nothing. */
    private long facts() {
        return analytics.count("select coalesce(sum(total_sms), 0) from analytics");
    }

    private static void await(String what, java.util.function.BooleanSupplier done) {
        long end = System.nanoTime() + Duration.ofSeconds(180).toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new Bench.Unbalanced("waited 180 s for " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static void watched(CompletableFuture<Void> watcher) {
        try {
            watcher.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
