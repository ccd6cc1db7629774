package dev.frontdesk.bench;

import static dev.frontdesk.bench.Bench.say;

import dev.frontdesk.bench.Processes.Cpu;
import dev.frontdesk.local.Settings;
import dev.frontdesk.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** A service alone with PostgreSQL and Kafka, as fast as it goes, pgbench with its statement, and peers, in turn. */
final class HotPaths implements AutoCloseable {

    private static final int CLIENTS = 32;

    private final Settings settings;
    private final Processes processes;
    private final Bench.Choice choice;
    private final Duration length;
    private final Duration warmUp;
    private final int rounds;
    private final Optional<Pgbench> pgbench;
    private final List<String> remarks = new ArrayList<>();
    private final Set<Long> warm = new HashSet<>();
    private final List<Peer> peers = new ArrayList<>();
    private long next;

    HotPaths(Settings settings, Processes processes, Bench.Choice choice) {
        this.settings = settings;
        this.processes = processes;
        this.choice = choice;
        this.length = Duration.ofSeconds(choice.quick() ? 3 : 10);
        this.warmUp = Duration.ofSeconds(choice.quick() ? 3 : 20);
        this.rounds = choice.quick() ? 1 : 5;
        this.pgbench = Pgbench.on(settings.postgres());
    }

    /** Who does a workload, and what came of each round. */
    private record Contender(String name, long pid, HttpLoad load, List<Round> measured) {
        double median(ToDoubleFunction<Round> figure) {
            return HotPaths.median(measured.stream().mapToDouble(figure));
        }
    }

    private record Round(HttpLoad.Result load, Cpu cpu, double statements) {
        double perThousand(ToDoubleFunction<Cpu> share) {
            return share.applyAsDouble(cpu) * 1_000 / load.answered();
        }
    }

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
                ("Median of %d, of %d s each, in turn; %d clients, 10 connections of each pool and of pgbench. p99 half: at half"
                                + " that rate.")
                        .formatted(rounds, length.toSeconds(), CLIENTS));
        say(
                "CPU s/1k, PG s/1k: processor seconds of the service, relay included, and of PostgreSQL per 1,000 requests.");
        if (!peers.isEmpty()) {
            say("The peers' events are published by the service's relay, which stays up beside them and pgbench.");
        }
        say("Nobody's texts are replied to: that would be the service's work beside what is measured.");
        remarks.forEach(Bench::say);
    }

    /** @param pid the process of its service */
    void measure(Workload workload, long pid) {
        next = 1;
        workload.prepare().run();
        String database = workload.service().database();
        String address = "localhost:" + settings.postgres();
        Statements statements =
                new Statements(address, database, settings.data().resolve("postgres"));
        Database rows = Database.at(address, database, "postgres");
        List<Contender> contenders = new ArrayList<>();
        List<Double> limits = new ArrayList<>();
        try {
            contenders.add(contender(
                    workload, rows, workload.name(), pid, settings.services().get(workload.service())));
            HttpLoad mine = contenders.get(0).load();
            Script script = statements.scriptOf(() -> {
                long n = next++;
                return workload.fresh().apply(n, mine.one(workload.calls().apply(n)));
            });
            if (choice.statements()) {
                script.lines().forEach(Bench::say);
            }
            if (choice.peers() && workload.peers()) {
                for (String folder : Peer.ALL.keySet()) {
                    Peer peer = Peer.start(folder, settings, database, script);
                    peers.add(peer);
                    contenders.add(contender(workload, rows, "  " + Peer.ALL.get(folder), peer.pid(), peer.port()));
                }
            }
            for (int i = 0; i < rounds; i++) {
                for (Contender contender : contenders) {
                    contender.measured().add(round(workload, contender, rows, statements));
                }
                drain(rows);
                limits.add(pgbench.map(it -> it.run(database, script.lines(), length))
                        .orElse(Double.NaN));
            }
            double limit = median(limits.stream().mapToDouble(it -> it));
            for (Contender contender : contenders) {
                drain(rows);
                int rate = (int) Math.max(1, contender.median(it -> it.load().perSecond()) / 2);
                HttpLoad.Result half = balanced(
                        workload, rows, () -> contender.load().paced(workload.calls(), next, rate, length, null));
                row(contender, half.percentile(0.99), limit);
            }
            remarks.add(share(contenders.get(0)));
            for (int i = 1; i < contenders.size(); i++) {
                remarks.add("%s, %s: %s"
                        .formatted(
                                workload.name(),
                                contenders.get(i).name().trim(),
                                peers.get(peers.size() - contenders.size() + i).footprint()));
            }
        } finally {
            contenders.forEach(it -> it.load().close());
            close();
        }
    }

    /** Warm. */
    private Contender contender(Workload workload, Database rows, String name, long pid, int port) {
        HttpLoad load = new HttpLoad(port, CLIENTS, workload.answered());
        // A service that has done other work is half warm.
        taken(load.run(workload.calls(), next, warm.add(pid) ? warmUp : warmUp.dividedBy(2)));
        // As pgbench does with its own tables: what was planned when they were empty is planned anew.
        rows.run("analyze");
        return new Contender(name, pid, load, new ArrayList<>());
    }

    private Round round(Workload workload, Contender contender, Database rows, Statements statements) {
        drain(rows);
        statements.reset();
        Cpu before = processes.cpu(contender.pid());
        HttpLoad.Result result = balanced(workload, rows, () -> contender.load().run(workload.calls(), next, length));
        Cpu cpu = processes.cpu(contender.pid()).since(before);
        double perRequest = statements.perRequest(result.answered());
        if (choice.statements()) {
            statements.longest().forEach(Bench::say);
        }
        return new Round(result, cpu, perRequest);
    }

    /** Every request of a run was answered as it should be and left its row. */
    private HttpLoad.Result balanced(Workload workload, Database rows, Supplier<HttpLoad.Result> run) {
        long before = rows.count(workload.count());
        HttpLoad.Result result = taken(run.get());
        long added = rows.count(workload.count()) - before;
        if (added != workload.rows() * result.answered() || result.refused() > 0 || result.answered() == 0) {
            throw new Bench.Unbalanced("%s: %d answered as they should be, %d not, %d rows added"
                    .formatted(workload.name(), result.answered(), result.refused(), added));
        }
        return result;
    }

    private HttpLoad.Result taken(HttpLoad.Result result) {
        next += result.answered() + result.refused();
        return result;
    }

    private static void row(Contender contender, double half, double limit) {
        double mine = contender.median(it -> it.load().perSecond());
        say("%-20s %7.0f %7.1f %7.1f %9.1f %9.2f %10.2f %11.2f %10.0f %9.0f%%"
                .formatted(
                        contender.name(),
                        mine,
                        contender.median(it -> it.load().percentile(0.50)),
                        contender.median(it -> it.load().percentile(0.99)),
                        half,
                        contender.median(it -> it.perThousand(Cpu::service)),
                        contender.median(it -> it.perThousand(Cpu::postgres)),
                        contender.median(Round::statements),
                        limit,
                        100 * mine / limit));
    }

    /** Who had the processors meanwhile. */
    private static String share(Contender contender) {
        Round round = contender.measured().get(contender.measured().size() - 1);
        Function<Double, String> percent =
                cpu -> "%.0f %%".formatted(100 * cpu / round.load().seconds());
        return "Processor time during %s (100 %% is one core): service %s, PostgreSQL %s, Kafka %s, generator %s, others on this machine %s"
                .formatted(
                        contender.name(),
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

    private static double median(java.util.stream.DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Stops the peers. */
    @Override
    public void close() {
        peers.forEach(Peer::close);
    }
}
