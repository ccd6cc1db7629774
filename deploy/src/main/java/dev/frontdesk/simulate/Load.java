package dev.frontdesk.simulate;

import dev.frontdesk.simulator.Sid;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** So many webhooks a second for so long, half inbound texts, half ended calls; nothing waits for an answer to go on. */
final class Load implements Scenario {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public boolean play(Stage stage, Options options) {
        int rate = Math.max(1, options.number("rate", 50));
        int seconds = Math.max(1, options.number("seconds", 10));
        List<Delivery> deliveries = new ArrayList<>();
        BigDecimal cost = BigDecimal.ZERO;
        int texts = 0;
        for (int i = 0; i < rate * seconds; i++) {
            if (i % 2 == 0) {
                deliveries.add(stage.twilio.incomingText(Sid.next("SM"), stage.anybody(), "Is my order ready?"));
                texts++;
            } else {
                PhoneCall call = PhoneCall.of(PhoneCall.Kind.ANSWERED, stage.random, stage.anybody());
                cost = cost.add(call.cost());
                deliveries.add(stage.vapi.report(call));
            }
        }
        Figures before = Figures.of(stage.office, List.of());
        ConcurrentLinkedQueue<Duration> times = new ConcurrentLinkedQueue<>();
        send(stage, deliveries, rate, times);
        report(stage, times, rate);
        return settles(stage, before, texts, deliveries.size() - texts, cost);
    }

    private static void send(Stage stage, List<Delivery> deliveries, int rate, ConcurrentLinkedQueue<Duration> times) {
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(Math.min(64, 8 + rate / 10));
        try {
            long gap = TimeUnit.SECONDS.toNanos(1) / rate;
            for (int i = 0; i < deliveries.size(); i++) {
                Delivery delivery = deliveries.get(i);
                clock.schedule(() -> times.add(stage.traffic.send(delivery).took()), i * gap, TimeUnit.NANOSECONDS);
            }
            clock.shutdown();
            if (!clock.awaitTermination(deliveries.size() / rate + 120L, TimeUnit.SECONDS)) {
                System.out.println("Not all webhooks could be sent in time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clock.shutdownNow();
        }
    }

    private static void report(Stage stage, ConcurrentLinkedQueue<Duration> times, int rate) {
        List<Duration> sorted = times.stream().sorted().toList();
        System.out.printf(
                "Sent %d webhooks at %d per second; answered in p50 %d ms, p99 %d ms, at most %d ms.%n",
                stage.traffic.sent(),
                rate,
                sorted.get(sorted.size() / 2).toMillis(),
                sorted.get(sorted.size() * 99 / 100).toMillis(),
                sorted.get(sorted.size() - 1).toMillis());
    }

    /** The calls and their cost to the cent; the texts at least, because some are answered by a text. */
    private static boolean settles(Stage stage, Figures before, int texts, int calls, BigDecimal cost) {
        long since = System.nanoTime();
        while (true) {
            Figures now = Figures.of(stage.office, List.of());
            boolean agrees = now.since(before, "total_calls").intValue() == calls
                    && now.since(before, "total_sms").intValue() >= texts
                    && now.since(before, "total_cost").compareTo(cost) >= 0;
            if (agrees || System.nanoTime() - since > PATIENCE.toNanos()) {
                System.out.printf(
                        "Calls %d of %d, texts %s of %d or more, cost %s of %s or more; %.1f s after the last webhook.%n",
                        now.since(before, "total_calls").intValue(),
                        calls,
                        now.since(before, "total_sms").toPlainString(),
                        texts,
                        now.since(before, "total_cost").toPlainString(),
                        cost.toPlainString(),
                        (System.nanoTime() - since) / 1e9);
                return agrees;
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }
}
