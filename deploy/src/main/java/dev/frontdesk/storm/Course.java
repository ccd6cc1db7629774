package dev.frontdesk.storm;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Refusal;
import dev.frontdesk.local.Service;
import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.testing.Broker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One storm from its first gust to the count of what it cost. */
final class Course {
    private final Plan plan;
    private final List<Fault> faults;
    private final Ledger ledger;
    private final Site site;
    private final Acts acts;
    private final Report report;
    private final List<String> unmet = new ArrayList<>();

    Course(Platform platform, Proxy proxy, Plan plan, List<Fault> faults) {
        this.plan = plan;
        this.faults = faults;
        report = new Report(platform.settings().data());
        ledger = new Ledger(platform.settings().data().resolve("ledger.txt"));
        site = new Site(platform, proxy, ledger, plan.seed());
        acts = new Acts(site);
    }

    /** True when nothing was lost, nothing doubled, and everything held that must. */
    boolean run() {
        List<Invariant> invariants = List.of(
                new Present(),
                new Published(),
                new Numbers(),
                new Calendar(),
                new Sent(),
                new Tenants(),
                new DeadLetters(site),
                new CountedAgain());
        try (ledger;
                report;
                Crowd crowd = new Crowd(site, acts, plan.seed())) {
            if (plan.pairs()) {
                startSeconds();
            }
            crowd.start(plan.rate());
            breakThings();
            crowd.stop();
            double drained = drain();
            List<Wrong> wrongs = acts.askAgain();
            drain();
            report.line("");
            report.line(
                    "%d operations acknowledged, %d refused, %d given up without an answer; %d requests; %d found no place",
                    ledger.count(Answer.OK),
                    ledger.count(Answer.REJECTED),
                    ledger.count(Answer.UNKNOWN),
                    site.sender.answers().all(),
                    crowd.turnedAway());
            report.line("drained %.1f s after the last request", drained);
            return new Checker(site, report).check(invariants, wrongs, unmet);
        }
    }

    private void startSeconds() {
        for (Service service : Service.values()) {
            int port = Broker.freePort();
            site.platform.startSecond(service, port);
            site.sender.alsoAt(service, "http://localhost:" + port);
        }
        report.line("Two instances of every service; both take requests.");
    }

    /**
     * In an order of the seed's choice: one of every kind however long that takes, then on, round after round, until the time is
     * up.
     */
    private void breakThings() {
        Random random = new Random(plan.seed());
        long start = System.nanoTime();
        long end = start + Duration.ofSeconds(plan.seconds()).toNanos();
        int owed = plan.once() ? faults.size() : Faults.kinds(faults);
        Wait.pause(2000);
        do {
            for (Fault fault : Faults.round(faults, random)) {
                if (owed-- > 0 || (!plan.once() && System.nanoTime() < end)) {
                    strike(fault, start);
                }
            }
        } while (!plan.once() && System.nanoTime() < end);
    }

    private void strike(Fault fault, long start) {
        long since = System.nanoTime();
        report.line("");
        report.line("%4d s  %-8s %s", (since - start) / 1_000_000_000, fault.numbers(), fault.name());
        try {
            report.line("        %s", fault.strike(site, acts));
        } catch (Unmet | Refusal e) {
            unmet.add("%s %s: %s".formatted(fault.numbers(), fault.name(), e.getMessage()));
            report.line("        UNMET: %s", e.getMessage());
        }
        double seconds = (System.nanoTime() - since) / 1e9;
        report.line("        %.1f s: %s", seconds, site.sender.answers().since(since));
        recover();
    }

    /** Before the next one, what the last one held up must flow again. */
    private void recover() {
        try {
            Wait.until(60, "the outboxes are published", () -> site.oldestEvent() < 2);
        } catch (Unmet e) {
            unmet.add(e.getMessage());
            report.line("        UNMET: %s", e.getMessage());
        }
    }

    private double drain() {
        Drain drain = new Drain(site);
        double seconds = drain.run();
        if (seconds > Drain.SECONDS) {
            unmet.add("I8 not drained within %d s: %s".formatted(Drain.SECONDS, drain.left()));
        }
        return seconds;
    }
}
