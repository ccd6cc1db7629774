package dev.frontdesk.storm;

import dev.frontdesk.storm.Sender.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** People who act at the same time. */
final class Together implements AutoCloseable {
    private final ExecutorService people;

    Together(int people) {
        this.people = Executors.newFixedThreadPool(people);
    }

    /** What came of each, in their order. */
    <T> List<T> all(Stream<Supplier<T>> acts) {
        return acts.map(act -> CompletableFuture.supplyAsync(act, people)).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    /** Whose wish was granted, as it must be to exactly one; the others must be refused. */
    static int winner(String what, List<Reply> replies) {
        List<Integer> won = IntStream.range(0, replies.size())
                .filter(i -> replies.get(i).isOk())
                .boxed()
                .toList();
        if (won.size() != 1 || replies.stream().filter(Reply::isRefused).count() != replies.size() - 1) {
            throw new Unmet(
                    "%s: %s".formatted(what, replies.stream().map(Reply::status).toList()));
        }
        return won.get(0);
    }

    @Override
    public void close() {
        people.shutdown();
    }
}
