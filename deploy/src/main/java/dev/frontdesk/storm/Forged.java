package dev.frontdesk.storm;

import dev.frontdesk.simulate.Delivery;
import dev.frontdesk.simulate.Person;
import dev.frontdesk.simulate.PhoneCall;
import dev.frontdesk.simulator.Sid;
import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Entry.Kind;
import dev.frontdesk.storm.Sender.Patience;
import java.util.HashMap;
import java.util.Map;

/** Webhooks that their provider did not send: unsigned, signed with another client's token, changed on the way, without secret. */
final class Forged implements Fault {
    @Override
    public String numbers() {
        return "F17 F21";
    }

    @Override
    public String name() {
        return "forged webhooks";
    }

    @Override
    public String strike(Site site, Acts acts) {
        Business business = site.business();
        Business other = site.businesses.get("acme");
        Person person = business.stranger(site.random);
        Delivery text = business.twilio.incomingText(Sid.next("SM"), person, "Hello");
        refuse(site, "unsigned", sid(text), without(text, "X-Twilio-Signature"), 403);
        Delivery foreign = other.twilio.incomingText(Sid.next("SM"), person, "Hello");
        refuse(site, "for another client", sid(foreign), at(foreign, text.path()), 403);
        Delivery changed = business.twilio.incomingText(Sid.next("SM"), person, "Hello");
        refuse(site, "changed", sid(changed), body(changed, changed.body() + "&Body=Something+else"), 403);
        PhoneCall call = PhoneCall.of(PhoneCall.Kind.ANSWERED, site.random, person);
        Delivery report = business.vapi.report(call);
        refuse(site, "no secret", call.listedId(), without(report, "X-Vapi-Secret"), 401);
        refuse(site, "another client's secret", call.listedId(), at(other.vapi.report(call), report.path()), 401);
        PhoneCall retell = PhoneCall.of(PhoneCall.Kind.RETELL, site.random, person);
        Delivery event = business.retell.events(retell).get(1);
        refuse(
                site,
                "changed event",
                retell.listedId(),
                body(event, event.body().replace("ended", "Ended")),
                401);
        return "unsigned, another client's signature or secret, changed: all refused, nothing stored (I1)";
    }

    private static String sid(Delivery text) {
        return text.body().replaceAll("(?s).*(?:^|&)MessageSid=([^&]*).*", "$1");
    }

    private static Delivery without(Delivery delivery, String header) {
        Map<String, String> headers = new HashMap<>(delivery.headers());
        headers.remove(header);
        return new Delivery(delivery.what(), delivery.path(), delivery.body(), headers);
    }

    private static Delivery at(Delivery delivery, String path) {
        return new Delivery(delivery.what(), path, delivery.body(), delivery.headers());
    }

    private static Delivery body(Delivery delivery, String body) {
        return new Delivery(delivery.what(), delivery.path(), body, delivery.headers());
    }

    private static void refuse(Site site, String what, String id, Delivery delivery, int expected) {
        Kind kind = id.startsWith("SM") ? Kind.TEXT : Kind.CALL;
        Entry entry = site.ledger.ask(kind, id, site.business().client, null, "forged");
        int status = site.sender.send(delivery, Patience.NONE).status();
        site.ledger.settle(entry, Answer.REJECTED, null);
        if (status != expected) {
            throw new Unmet("%s %s: %d instead of %d".formatted(delivery.what(), what, status, expected));
        }
    }
}
