package dev.frontdesk.simulate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One call of every kind, reported from its end to its beginning. */
final class OutOfOrder implements Scenario {
    @Override
    public boolean play(Stage stage, Options options) {
        List<PhoneCall> calls = new ArrayList<>();
        for (PhoneCall.Kind kind : PhoneCall.Kind.values()) {
            calls.add(PhoneCall.of(kind, stage.random, stage.person()));
        }
        Books books = stage.books();
        books.open(calls.stream().map(PhoneCall::person).distinct().toList());
        for (PhoneCall call : calls) {
            stage.carrier.know(call);
            books.add(call);
            List<Delivery> backwards = new ArrayList<>(stage.deliveries(call));
            Collections.reverse(backwards);
            backwards.forEach(stage.traffic::send);
        }
        System.out.printf("Sent: %s, each from its end to its beginning.%n", books.summary());
        return books.balance();
    }
}
