package dev.frontdesk.storm;

import dev.frontdesk.simulate.Delivery;
import dev.frontdesk.simulate.Person;
import dev.frontdesk.simulate.PhoneCall;
import dev.frontdesk.simulator.Sid;
import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Entry.Kind;
import dev.frontdesk.storm.Sender.Patience;
import dev.frontdesk.storm.Sender.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What people and providers do; each act enters in the ledger what it asked for and what it was told. */
final class Acts {
    private static final List<String> TEXTS =
            List.of("Hi, what are your opening hours?", "Is my order ready?", "Thanks!", "Where are you?", "Great 💳");

    /** A request with a key, to be asked once more, and the entry it must not change. */
    record Asked(Entry entry, String path, Map<String, Object> body) {}

    private final Sender sender;
    private final Ledger ledger;
    private final Queue<Asked> keyed = new ConcurrentLinkedQueue<>();

    Acts(Site site) {
        sender = site.sender;
        ledger = site.ledger;
    }

    /** @param what 0 to 99 */
    void play(int what, Business business, Random random) {
        if (what < 38) {
            text(business, business.somebody(random), TEXTS.get(random.nextInt(TEXTS.size())), random.nextInt(12) == 0);
        } else if (what < 41) {
            forgedText(business, business.somebody(random));
        } else if (what < 60) {
            report(business, random);
        } else if (what < 68) {
            call(business, PhoneCall.Kind.ANSWERED, random);
        } else if (what < 77) {
            List<PhoneCall.Kind> outbound =
                    List.of(PhoneCall.Kind.PLAIN, PhoneCall.Kind.BUSY, PhoneCall.Kind.NO_ANSWER, PhoneCall.Kind.FAILED);
            call(business, outbound.get(random.nextInt(outbound.size())), random);
        } else if (what < 81) {
            call(business, PhoneCall.Kind.RETELL, random);
        } else if (what < 93) {
            bookAndMaybeChange(business, random);
        } else if (what < 98) {
            staffText(business, business.somebody(random));
        } else {
            stop(business, business.stranger(random));
        }
    }

    /** A text from a person; some arrive twice. */
    Entry text(Business business, Person from, String body, boolean twice) {
        String sid = Sid.next("SM");
        Entry entry = ledger.ask(Kind.TEXT, sid, business.client, from.phone(), null);
        Delivery delivery = business.twilio.incomingText(sid, from, body);
        Reply reply = sender.send(delivery, Patience.TWILIO);
        if (twice) {
            Reply second = sender.send(delivery, Patience.TWILIO);
            reply = reply.isOk() ? reply : second;
        }
        return settle(entry, reply, null);
    }

    /** Signed by nobody: must be refused and leave nothing. */
    void forgedText(Business business, Person from) {
        String sid = Sid.next("SM");
        Entry entry = ledger.ask(Kind.TEXT, sid, business.client, from.phone(), "forged");
        Delivery real = business.twilio.incomingText(sid, from, "forged");
        Map<String, String> headers = new HashMap<>(real.headers());
        headers.put("X-Twilio-Signature", "bm9ib2R5IHNpZ25lZCB0aGlz");
        settle(entry, sender.send(new Delivery("forged", real.path(), real.body(), headers), Patience.TWILIO), null);
    }

    /** One message that says all about a call. */
    void report(Business business, Random random) {
        PhoneCall call = PhoneCall.of(PhoneCall.Kind.ANSWERED, random, business.somebody(random));
        Entry entry = ledger.ask(
                Kind.CALL, call.listedId(), business.client, call.person().phone(), call.carrierId());
        settle(entry, sender.send(business.vapi.report(call), Patience.VAPI), call.kind().status);
    }

    /** All that its providers say about a call, a third of the time in any order. Acknowledged when all of it is. */
    private void call(Business business, PhoneCall.Kind kind, Random random) {
        PhoneCall call = PhoneCall.of(kind, random, business.somebody(random));
        business.carrier.know(call);
        Entry entry = ledger.ask(
                Kind.CALL, call.listedId(), business.client, call.person().phone(), call.carrierId());
        List<Delivery> deliveries = new ArrayList<>(deliveries(business, call));
        if (random.nextInt(3) == 0) {
            Collections.shuffle(deliveries, random);
        }
        Reply worst = null;
        for (Delivery delivery : deliveries) {
            Patience patience = delivery.what().startsWith("vapi")
                    ? Patience.VAPI
                    : delivery.what().startsWith("retell") ? Patience.RETELL : Patience.TWILIO;
            Reply reply = sender.send(delivery, patience);
            worst = worst == null || !reply.isOk() ? reply : worst;
        }
        settle(entry, worst, kind.status);
    }

    private static List<Delivery> deliveries(Business business, PhoneCall call) {
        List<Delivery> deliveries = new ArrayList<>();
        switch (call.kind()) {
            case RETELL -> {
                deliveries.add(business.twilio.incomingCall(call));
                deliveries.addAll(business.retell.events(call));
                deliveries.add(business.twilio.inboundEnd(call));
            }
            case PLAIN, FAILED, BUSY, NO_ANSWER -> {
                deliveries.addAll(business.twilio.outboundStatuses(call));
                if (call.kind() == PhoneCall.Kind.BUSY || call.kind() == PhoneCall.Kind.NO_ANSWER) {
                    deliveries.add(business.vapi.report(call));
                }
            }
            default -> {
                deliveries.add(business.twilio.incomingCall(call));
                deliveries.add(business.vapi.inProgress(call));
                deliveries.add(business.vapi.ended(call));
                deliveries.add(business.vapi.report(call));
                deliveries.add(business.twilio.inboundEnd(call));
            }
        }
        return deliveries;
    }

    private void bookAndMaybeChange(Business business, Random random) {
        Map<String, Object> body = booking(
                business, business.somebody(random), business.time(random).toString());
        body.put("service_type", business.service(random));
        Entry booking = book(business, body);
        int fate = random.nextInt(5);
        if (booking.is(Answer.OK) && fate < 3) {
            change(booking, fate == 0 ? "confirmed" : "cancelled");
        }
    }

    static Map<String, Object> booking(Business business, Person person, String at) {
        return new HashMap<>(Map.of(
                "customer_name", person.name(),
                "customer_phone", person.phone(),
                "service_type", business.service(new Random(0)),
                "scheduled_at", at,
                "notes", "storm " + UUID.randomUUID()));
    }

    /** The key is the mark in the notes, so that the row can be found without the answer. */
    Entry book(Business business, Map<String, Object> body) {
        String mark = (String) body.get("notes");
        Entry entry = ledger.ask(Kind.BOOKING, mark, business.client, (String) body.get("customer_phone"), null);
        keyed.add(new Asked(entry, "/api/bookings", body));
        Reply reply = sender.post(business.client, "/api/bookings", body, mark);
        return settle(entry, reply, reply.isOk() ? reply.json().path("id").asText() : null);
    }

    private void change(Entry booking, String to) {
        String path = "/api/bookings/%s/%s"
                .formatted(booking.told(), to.equals("confirmed") ? "confirmation" : "cancellation");
        String key = "storm " + UUID.randomUUID();
        Entry entry = ledger.ask(Kind.CHANGE, key, booking.client(), booking.phone(), booking.told() + " " + to);
        Map<String, Object> body = to.equals("confirmed") ? Map.of() : Map.of("reason", "storm");
        keyed.add(new Asked(entry, path, body));
        settle(entry, sender.post(booking.client(), path, body, key), to);
    }

    Entry staffText(Business business, Person to) {
        String mark = "Your order is ready. storm " + UUID.randomUUID();
        Entry entry = ledger.ask(Kind.STAFF_TEXT, mark, business.client, to.phone(), null);
        Map<String, Object> body = Map.of("phone_number", to.phone(), "message_body", mark);
        keyed.add(new Asked(entry, "/api/sms/messages", body));
        Reply reply = sender.post(business.client, "/api/sms/messages", body, mark);
        return settle(entry, reply, reply.isOk() ? reply.json().path("id").asText() : null);
    }

    /** Somebody who has been written to wants no more, and is written to once more all the same. */
    private void stop(Business business, Person person) {
        staffText(business, person);
        sayStop(business, person);
        staffText(business, person);
    }

    Entry sayStop(Business business, Person person) {
        String sid = Sid.next("SM");
        Entry entry = ledger.ask(Kind.STOP, sid, business.client, person.phone(), null);
        return settle(entry, sender.send(business.twilio.incomingText(sid, person, "STOP"), Patience.TWILIO), null);
    }

    Entry settle(Entry entry, Reply reply, String told) {
        Answer answer = reply.isOk() ? Answer.OK : reply.isRefused() ? Answer.REJECTED : Answer.UNKNOWN;
        ledger.settle(entry, answer, told);
        return ledger.of(entry.id());
    }

    /**
     * Asks again, under its key, for what got no answer, and for some of what got one. The first kind is answered now; the
     * second must be told what it was told.
     */
    List<Wrong> askAgain() {
        List<Wrong> wrongs = new ArrayList<>();
        int acknowledged = 0;
        for (Asked asked : keyed) {
            Entry entry = ledger.of(asked.entry().id());
            boolean ok = entry.is(Answer.OK);
            if (entry.is(Answer.REJECTED) || (ok && acknowledged++ % 20 != 0)) {
                continue;
            }
            Reply reply = sender.post(entry.client(), asked.path(), asked.body(), entry.id());
            String id = reply.isOk() && entry.kind() != Kind.CHANGE
                    ? reply.json().path("id").asText()
                    : entry.told();
            if (!ok) {
                settle(entry, reply, id);
            } else if (!reply.isOk() || !entry.told().equals(id)) {
                wrongs.add(
                        Wrong.broken(entry.id(), entry.told(), reply.status() + " " + id, "the same key, asked again"));
            }
        }
        return wrongs;
    }
}
