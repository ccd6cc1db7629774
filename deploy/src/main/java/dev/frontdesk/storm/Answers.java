package dev.frontdesk.storm;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every answer of the run with its time, so that a fault can say what was answered while it lasted. */
final class Answers {
    private record Sample(long at, int status, int millis) {}

    private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();

    void note(int status, long nanos) {
        samples.add(new Sample(System.nanoTime(), status, (int) (nanos / 1_000_000)));
    }

    /** In one line: how many were answered since then, how, and how fast. */
    String since(long nanoTime) {
        List<Sample> since =
                samples.stream().filter(sample -> sample.at - nanoTime >= 0).toList();
        List<Integer> millis = since.stream().map(Sample::millis).sorted().toList();
        if (millis.isEmpty()) {
            return "nothing asked";
        }
        return "%d answers: %d 2xx, %d 4xx, %d 503, %d other 5xx, %d none; p50 %d ms, p99 %d ms, longest %d ms"
                .formatted(
                        since.size(),
                        count(since, 200, 299),
                        count(since, 400, 499),
                        count(since, 503, 503),
                        count(since, 500, 599) - count(since, 503, 503),
                        count(since, 0, 0),
                        millis.get(millis.size() / 2),
                        millis.get(millis.size() * 99 / 100),
                        millis.get(millis.size() - 1));
    }

    long other5xx() {
        List<Sample> all = List.copyOf(samples);
        return count(all, 500, 599) - count(all, 503, 503);
    }

    long all() {
        return samples.size();
    }

    private static long count(List<Sample> samples, int from, int to) {
        return samples.stream()
                .filter(sample -> sample.status >= from && sample.status <= to)
                .count();
    }
}
