package dev.frontdesk.storm;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Everybody who calls, texts and books while things break: so many a second, chosen by the seed. */
final class Crowd implements AutoCloseable {
    /** Who waits for an answer keeps a place; when all are taken, nobody new comes in. */
    private static final int PLACES = 96;

    private final ScheduledExecutorService door = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService inside = Executors.newCachedThreadPool();
    private final Semaphore places = new Semaphore(PLACES);
    private final AtomicLong turnedAway = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Business> businesses;
    private final Acts acts;
    private final Random random;

    Crowd(Site site, Acts acts, long seed) {
        businesses = List.of(site.businesses.get("default"), site.businesses.get("acme"));
        this.acts = acts;
        random = new Random(seed);
    }

    void start(int perSecond) {
        door.scheduleAtFixedRate(this::admit, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    }

    private void admit() {
        // What happens is the seed's choice, also when there is no place for it.
        Business business = businesses.get(random.nextInt(5) == 0 ? 1 : 0);
        int what = random.nextInt(100);
        long seed = random.nextLong();
        if (!places.tryAcquire()) {
            turnedAway.incrementAndGet();
            return;
        }
        inside.execute(() -> {
            try {
                acts.play(what, business, new Random(seed));
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                places.release();
            }
        });
    }

    long turnedAway() {
        return turnedAway.get();
    }

    /** Lets nobody in any more and waits until the last has gone. */
    void stop() {
        door.shutdown();
        awaitLast();
        if (failure.get() != null) {
            throw new IllegalStateException("The storm itself failed", failure.get());
        }
    }

    private void awaitLast() {
        try {
            door.awaitTermination(5, TimeUnit.SECONDS);
            if (!places.tryAcquire(PLACES, 150, TimeUnit.SECONDS)) {
                throw new Unmet("somebody still waits for an answer after 150 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        door.shutdownNow();
        inside.shutdownNow();
    }
}
