package dev.frontdesk.storm;

import dev.frontdesk.simulate.Delivery;
import dev.frontdesk.simulate.Person;
import dev.frontdesk.simulate.PhoneCall;
import dev.frontdesk.simulator.Sid;
import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Entry.Kind;
import dev.frontdesk.storm.Sender.Patience;
import dev.frontdesk.storm.Sender.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A text, a report, a call's end and a STOP, each delivered twenty times at once and once more later. */
final class Twenty implements Fault {
    private static final int TIMES = 20;

    @Override
    public String numbers() {
        return "F16";
    }

    @Override
    public String name() {
        return "the same webhook %d times at once, then again".formatted(TIMES);
    }

    @Override
    public String strike(Site site, Acts acts) {
        ExecutorService providers = Executors.newFixedThreadPool(TIMES);
        try {
            for (Business business : site.businesses.values()) {
                Person person = business.stranger(site.random);
                String sid = Sid.next("SM");
                PhoneCall call = PhoneCall.of(PhoneCall.Kind.ANSWERED, site.random, person);
                PhoneCall failed = PhoneCall.of(PhoneCall.Kind.FAILED, site.random, person);
                Entry text = site.ledger.ask(Kind.TEXT, sid, business.client, person.phone(), null);
                repeat(site, providers, text, null, business.twilio.incomingText(sid, person, "Hello"));
                Entry report =
                        site.ledger.ask(Kind.CALL, call.listedId(), business.client, person.phone(), call.carrierId());
                repeat(site, providers, report, "completed", business.vapi.report(call));
                Entry end = site.ledger.ask(
                        Kind.CALL, failed.listedId(), business.client, person.phone(), failed.carrierId());
                repeat(
                        site,
                        providers,
                        end,
                        "failed",
                        business.twilio.outboundStatuses(failed).get(1));
            }
        } finally {
            providers.shutdown();
        }
        return "all %d answered 2xx".formatted(3 * 2 * (TIMES + 1));
    }

    private static void repeat(Site site, ExecutorService providers, Entry entry, String told, Delivery delivery) {
        List<CompletableFuture<Reply>> copies = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> site.sender.send(delivery, Patience.NONE), providers))
                .limit(TIMES)
                .toList();
        List<Integer> statuses =
                copies.stream().map(copy -> copy.join().status()).toList();
        int later = site.sender.send(delivery, Patience.NONE).status();
        site.ledger.settle(entry, Answer.OK, told);
        if (later / 100 != 2 || statuses.stream().anyMatch(status -> status / 100 != 2)) {
            throw new Unmet("%s: %s, then %d".formatted(delivery.what(), statuses, later));
        }
    }
}
