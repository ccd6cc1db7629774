package dev.frontdesk.simulate;

import dev.frontdesk.simulator.Sid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A mixed day: calls of every kind, texts, bookings by hand and by voice; much of it twice, some of it out of order. */
final class Day implements Scenario {
    /** Each has a number of their own, and there are 4,000 that belong to nobody. */
    private static final int MOST_PEOPLE = 1_000;

    private static final List<String> TEXTS = List.of(
            "Hi, what are your opening hours?",
            "Is my order ready?",
            "Can I come a bit later?",
            "Thanks!",
            "Where are you exactly?",
            "Do you take cards? 💳");

    @Override
    public boolean play(Stage stage, Options options) {
        int calls = options.number("calls", 40);
        int texts = options.number("texts", calls * 6 / 10);
        int bookings = options.number("bookings", calls * 3 / 10);
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_PEOPLE, Math.max(3, calls / 2)); i++) {
            people.add(stage.person());
        }
        Books books = stage.books();
        books.open(people);
        Desk desk = new Desk(stage, calls + bookings);
        List<Runnable> acts = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            PhoneCall call = PhoneCall.any(stage.random, one(people, stage.random));
            long seed = stage.random.nextLong();
            acts.add(() -> play(stage, books, desk, call, new Random(seed)));
        }
        for (int i = 0; i < texts; i++) {
            Person person = one(people, stage.random);
            String body = one(TEXTS, stage.random);
            int times = stage.random.nextInt(4) == 0 ? 2 : 1;
            acts.add(() -> text(stage, books, person, body, times));
        }
        for (int i = 0; i < bookings; i++) {
            Person person = one(people, stage.random);
            int times = stage.random.nextInt(4) == 0 ? 2 : 1;
            int fate = stage.random.nextInt(3);
            acts.add(() -> desk.bookByHand(books, person, times, fate));
        }
        Collections.shuffle(acts, stage.random);
        stage.traffic.together(acts);
        System.out.printf(
                "Sent for client %s, seed %d: %s, as %d webhooks of which %d were repeated.%n",
                options.client(), options.seed(), books.summary(), stage.traffic.sent(), stage.traffic.repeated());
        return books.balance();
    }

    private static <T> T one(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** Every fourth delivery comes twice, every third call's reports in any order. */
    private static void play(Stage stage, Books books, Desk desk, PhoneCall call, Random random) {
        stage.carrier.know(call);
        books.add(call);
        List<Delivery> deliveries = new ArrayList<>(stage.deliveries(call));
        if (call.kind() == PhoneCall.Kind.BOOKED) {
            send(stage, deliveries.remove(0), random);
            desk.bookByVoice(books, call, random.nextInt(3) == 0 ? 2 : 1);
        }
        if (random.nextInt(3) == 0) {
            Collections.shuffle(deliveries, random);
        }
        deliveries.forEach(delivery -> send(stage, delivery, random));
    }

    private static void send(Stage stage, Delivery delivery, Random random) {
        stage.traffic.send(delivery);
        if (random.nextInt(4) == 0) {
            stage.traffic.repeat(delivery);
        }
    }

    private static void text(Stage stage, Books books, Person person, String body, int times) {
        String sid = Sid.next("SM");
        stage.carrier.know(sid, person, body);
        books.addText(person);
        Delivery delivery = stage.twilio.incomingText(sid, person, body);
        stage.traffic.send(delivery);
        if (times > 1) {
            stage.traffic.repeat(delivery);
        }
    }
}
