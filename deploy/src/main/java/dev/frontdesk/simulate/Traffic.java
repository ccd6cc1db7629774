package dev.frontdesk.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends webhooks, several at a time, and keeps count of what was answered. */
final class Traffic implements AutoCloseable {
    private final Wire wire = new Wire();
    private final String url;
    private final ExecutorService senders;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final Map<String, Integer> refused = new TreeMap<>();

    Traffic(String url, int atATime) {
        this.url = url;
        senders = Executors.newFixedThreadPool(atATime);
    }

    Wire.Answer send(Delivery delivery) {
        Wire.Answer answer = wire.post(url + delivery.path(), delivery.body(), delivery.headers());
        sent.incrementAndGet();
        if (!answer.isOk()) {
            refuse(delivery.what() + ": " + answer.status() + " " + answer.body());
        }
        return answer;
    }

    /** Notes something that was not done as asked. */
    void refuse(String what) {
        synchronized (refused) {
            refused.merge(what, 1, Integer::sum);
        }
    }

    /** The same delivery that often, all at once. */
    void send(Delivery delivery, int times) {
        List<Runnable> copies = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            copies.add(() -> send(delivery));
        }
        repeated.addAndGet(times - 1);
        together(copies);
    }

    /** Does all of it, as many at a time as there are senders. */
    void together(List<? extends Runnable> work) {
        CompletableFuture.allOf(work.stream()
                        .map(one -> CompletableFuture.runAsync(one, senders))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** Once more. */
    void repeat(Delivery delivery) {
        repeated.incrementAndGet();
        send(delivery);
    }

    int sent() {
        return sent.get();
    }

    int repeated() {
        return repeated.get();
    }

    /** What was not answered 2xx, with how often. */
    Map<String, Integer> refused() {
        synchronized (refused) {
            return new TreeMap<>(refused);
        }
    }

    @Override
    public void close() {
        senders.shutdown();
    }
}
