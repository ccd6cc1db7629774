package dev.frontdesk.simulate;

import dev.frontdesk.simulator.Sid;
import java.util.ArrayList;
import java.util.List;

/** One call of every kind and one text, every webhook and tool call twenty times, and all of it once more afterwards. */
final class Duplicates implements Scenario {
    private static final int TIMES = 20;

    @Override
    public boolean play(Stage stage, Options options) {
        List<PhoneCall> calls = new ArrayList<>();
        for (PhoneCall.Kind kind : PhoneCall.Kind.values()) {
            calls.add(PhoneCall.of(kind, stage.random, stage.person()));
        }
        Person texting = calls.get(0).person();
        Books books = stage.books();
        books.open(calls.stream().map(PhoneCall::person).distinct().toList());
        List<Delivery> deliveries = new ArrayList<>();
        for (PhoneCall call : calls) {
            stage.carrier.know(call);
            books.add(call);
            List<Delivery> own = stage.deliveries(call);
            deliveries.addAll(own);
            if (call.kind() == PhoneCall.Kind.BOOKED) {
                stage.traffic.send(own.get(0), TIMES);
                new Desk(stage, 1).bookByVoice(books, call, TIMES);
            }
        }
        String sid = Sid.next("SM");
        String body = "Is my order ready?";
        stage.carrier.know(sid, texting, body);
        books.addText(texting);
        deliveries.add(stage.twilio.incomingText(sid, texting, body));
        deliveries.forEach(delivery -> stage.traffic.send(delivery, TIMES));
        deliveries.forEach(delivery -> stage.traffic.repeat(delivery));
        System.out.printf(
                "Sent: %s, as %d webhooks of which %d were repeated.%n",
                books.summary(), stage.traffic.sent(), stage.traffic.repeated());
        return books.balance();
    }
}
