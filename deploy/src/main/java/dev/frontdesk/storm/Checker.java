package dev.frontdesk.storm;

import java.util.ArrayList;
import java.util.List;

/** Compares what the ledger says with tables, topics, rollups and the carrier, and says what is wrong. */
final class Checker {
    private static final int SHOWN = 8;

    private final Site site;
    private final Report report;

    Checker(Site site, Report report) {
        this.site = site;
        this.report = report;
    }

    boolean check(List<Invariant> invariants, List<Wrong> asked, List<String> unmet) {
        List<Wrong> all = new ArrayList<>(asked);
        report.line("");
        for (Invariant invariant : invariants) {
            List<Wrong> wrongs = settled(invariant);
            report.line("%-100s %s", invariant.name(), wrongs.isEmpty() ? "holds" : wrongs.size() + " WRONG");
            show(wrongs);
            all.addAll(wrongs);
        }
        if (!asked.isEmpty()) {
            report.line("I2     asked again under the same key: %d WRONG", asked.size());
            show(asked);
        }
        long failures = site.sender.answers().other5xx();
        if (!unmet.isEmpty()) {
            report.line("");
            unmet.forEach(each -> report.line("UNMET  %s", each));
        }
        report.line("");
        report.line("%d answers were 5xx other than 503%s", failures, failures == 0 ? "" : ": WRONG, the logs say why");
        report.line("lost=%d doubled=%d", count(all, Wrong.Sort.LOST), count(all, Wrong.Sort.DOUBLED));
        return all.isEmpty() && unmet.isEmpty() && failures == 0;
    }

    /** Prices and statuses still come in by themselves, so what two tables say is compared until it agrees. */
    private List<Wrong> settled(Invariant invariant) {
        List<Wrong> wrongs = invariant.broken(site);
        for (int i = 0; i < 10 && !wrongs.isEmpty(); i++) {
            Wait.pause(2000);
            wrongs = invariant.broken(site);
        }
        return wrongs;
    }

    private void show(List<Wrong> wrongs) {
        wrongs.stream().limit(SHOWN).forEach(wrong -> report.line("         %s", wrong));
        if (wrongs.size() > SHOWN) {
            report.line("         and %d more, in report.txt", wrongs.size() - SHOWN);
            wrongs.stream().skip(SHOWN).forEach(wrong -> report.detail("         " + wrong));
        }
    }

    private static long count(List<Wrong> wrongs, Wrong.Sort sort) {
        return wrongs.stream().filter(wrong -> wrong.sort() == sort).count();
    }
}
