package dev.frontdesk.bench;

import static dev.frontdesk.bench.Bench.say;

import dev.frontdesk.bench.Processes.Cpu;
import dev.frontdesk.local.Settings;
import dev.frontdesk.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A service alone with PostgreSQL and Kafka, as fast as it goes, and pgbench with its statement, in turn. */
final class HotPaths {

    private static final int CLIENTS = 32;

    private final Settings settings;
    private final Processes processes;
    private final Duration length;
    private final Duration warmUp;
    private final int rounds;
    private final boolean detailed;
    private final Optional<Pgbench> pgbench;
    private final List<String> shares = new ArrayList<>();
    private long next = 1;

    HotPaths(Settings settings, Processes processes, boolean quick, boolean detailed) {
        this.detailed = detailed;
        this.settings = settings;
        this.processes = processes;
        this.length = Duration.ofSeconds(quick ? 4 : 10);
        this.warmUp = Duration.ofSeconds(quick ? 8 : 20);
        this.rounds = quick ? 2 : 5;
        this.pgbench = Pgbench.on(settings.postgres());
    }

    /** One round: the service, what its processes took, and pgbench. */
    private record Round(HttpLoad.Result load, Cpu cpu, double statements, double pgbench) {}

    void heading() {
        if (pgbench.isEmpty()) {
            say("pgbench is not on this machine (Debian: postgresql-contrib), so there is nothing to compare with.");
        }
        say("%-20s %7s %7s %7s %9s %9s %10s %11s %10s %10s"
                .formatted(
                        "",
                        "2xx/s",
                        "p50 ms",
                        "p99 ms",
                        "p99 half",
                        "CPU s/1k",
                        "PG s/1k",
                        "statements",
                        "pgbench/s",
                        "of pgbench"));
    }

    void legend() {
        say(
                ("Medians of %d runs of %d s, service and pgbench in turn; %d clients, 10 connections of the pool and of pgbench."
                                + " p99 half: at half that rate.")
                        .formatted(rounds, length.toSeconds(), CLIENTS));
        say(
                "CPU s/1k, PG s/1k: processor seconds of the service and of PostgreSQL per 1,000 requests, relay included.");
        shares.forEach(Bench::say);
    }

    void measure(Workload workload) {
        workload.prepare().run();
        String database = workload.service().database();
        String address = "localhost:" + settings.postgres();
        Statements statements =
                new Statements(address, database, settings.data().resolve("postgres"));
        Database rows = Database.at(address, database, "postgres");
        List<Round> measured = new ArrayList<>();
        double half;
        try (HttpLoad load = new HttpLoad(settings.services().get(workload.service()), CLIENTS)) {
            taken(load.run(workload.calls(), next, warmUp));
            String statement = statements.statementOf(() -> {
                long n = next++;
                return workload.fresh().apply(n, load.one(workload.calls().apply(n)));
            });
            for (int i = 0; i < rounds; i++) {
                drain(rows);
                measured.add(round(workload, load, rows, statements, statement));
            }
            drain(rows);
            int rate = (int) Math.max(1, median(measured, it -> it.load().perSecond()) / 2);
            half = balanced(workload, rows, () -> load.paced(workload.calls(), next, rate, length, null))
                    .percentile(0.99);
        }
        row(workload, measured, half);
        shares.add(share(workload, measured.get(measured.size() - 1)));
    }

    private Round round(Workload workload, HttpLoad load, Database rows, Statements statements, String statement) {
        statements.reset();
        Cpu before = processes.cpu(workload.service());
        HttpLoad.Result result = balanced(workload, rows, () -> load.run(workload.calls(), next, length));
        Cpu cpu = processes.cpu(workload.service()).since(before);
        double perRequest = statements.perRequest(result.answered());
        if (detailed) {
            statements.longest().forEach(Bench::say);
        }
        drain(rows);
        double limit = pgbench.map(it -> it.run(workload.service().database(), statement, length))
                .orElse(Double.NaN);
        return new Round(result, cpu, perRequest, limit);
    }

    /** Every request of a run was answered 2xx and left its row. */
    private HttpLoad.Result balanced(
            Workload workload, Database rows, java.util.function.Supplier<HttpLoad.Result> run) {
        long before = rows.count(workload.count());
        HttpLoad.Result result = taken(run.get());
        long added = rows.count(workload.count()) - before;
        if (added != result.answered() || result.refused() > 0) {
            throw new Bench.Unbalanced("%s: %d answered 2xx, %d refused, %d rows added"
                    .formatted(workload.name(), result.answered(), result.refused(), added));
        }
        return result;
    }

    private HttpLoad.Result taken(HttpLoad.Result result) {
        next += result.answered() + result.refused();
        return result;
    }

    private static void row(Workload workload, List<Round> measured, double half) {
        double mine = median(measured, it -> it.load().perSecond());
        double limit = median(measured, Round::pgbench);
        say("%-20s %7.0f %7.1f %7.1f %9.1f %9.2f %10.2f %11.2f %10.0f %9.0f%%"
                .formatted(
                        workload.name(),
                        mine,
                        median(measured, it -> it.load().percentile(0.50)),
                        median(measured, it -> it.load().percentile(0.99)),
                        half,
                        median(measured, it -> perThousand(it, Cpu::service)),
                        median(measured, it -> perThousand(it, Cpu::postgres)),
                        median(measured, Round::statements),
                        limit,
                        100 * mine / limit));
    }

    private static double perThousand(Round round, ToDoubleFunction<Cpu> share) {
        return share.applyAsDouble(round.cpu()) * 1_000 / round.load().answered();
    }

    /** Who had the processors meanwhile. */
    private static String share(Workload workload, Round round) {
        double seconds = round.load().seconds();
        Function<Double, String> percent = cpu -> "%.0f %%".formatted(100 * cpu / seconds);
        return "Processor time during %s (100 %% is one core): service %s, PostgreSQL %s, Kafka %s, generator %s, others on this machine %s"
                .formatted(
                        workload.name(),
                        percent.apply(round.cpu().service()),
                        percent.apply(round.cpu().postgres()),
                        percent.apply(round.cpu().kafka()),
                        percent.apply(round.cpu().generator()),
                        percent.apply(round.cpu().others()));
    }

    /** Waits for the relay, so that it does not work for one run during the next. */
    private static void drain(Database rows) {
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (rows.count("select count(*) from outbox") > 0) {
            if (System.nanoTime() > end) {
                throw new Bench.Unbalanced("the outbox did not drain in 120 s");
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
