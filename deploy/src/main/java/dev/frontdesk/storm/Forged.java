package dev.frontdesk.storm;

import dev.frontdesk.local.Routes;
import dev.frontdesk.local.Service;
import dev.frontdesk.simulate.Delivery;
import dev.frontdesk.simulate.Person;
import dev.frontdesk.simulate.PhoneCall;
import dev.frontdesk.simulate.Twilio;
import dev.frontdesk.simulator.Sid;
import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Entry.Kind;
import dev.frontdesk.webhook.Form;
import dev.frontdesk.webhook.RetellSignature;
import dev.frontdesk.webhook.TwilioSignature;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Webhooks that their provider did not send: unsigned, signed with another client's token or for another address, changed on the
 * way, without secret, too old. What a proxy adds changes nothing, and of what is signed fields may be repeated.
 */
final class Forged implements Fault {
    private static final String ELSEWHERE = "https://elsewhere.example";

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
        refuse(site, "ten minutes old", retell.listedId(), old(event, business), 401);
        Delivery elsewhere = new Twilio(ELSEWHERE, business.account).incomingText(Sid.next("SM"), person, "Hello");
        refuse(site, "for another address", sid(elsewhere), forwarded(elsewhere), 403);
        accept(site, person, forwarded(business.twilio.incomingText(Sid.next("SM"), person, "By a proxy")));
        accept(site, person, repeated(site, business.twilio.incomingText(Sid.next("SM"), person, "Twice")));
        return "unsigned, another client's signature or secret, another address, changed, old: all refused, nothing stored"
                + " (I1); a proxy's word and repeated fields change nothing";
    }

    private static Delivery old(Delivery event, Business business) {
        return with(
                event,
                "X-Retell-Signature",
                RetellSignature.sign(
                        event.body().getBytes(StandardCharsets.UTF_8),
                        business.account.retellKey(),
                        Instant.now().minus(Duration.ofMinutes(10))));
    }

    /** As a proxy of somebody's would hand it on. */
    private static Delivery forwarded(Delivery delivery) {
        URI url = URI.create(ELSEWHERE);
        return with(with(delivery, "X-Forwarded-Host", url.getHost()), "X-Forwarded-Proto", url.getScheme());
    }

    /** With a field three times, one value twice; Twilio signs each value of it once, sorted. */
    private static Delivery repeated(Site site, Delivery text) {
        String body = text.body() + "&Repeated=b&Repeated=a&Repeated=b";
        Form signed = Form.parse(text.body() + "&Repeated=a&Repeated=b");
        String url = site.settings.gatewayUrl() + text.path();
        String token = site.business().account.twilioToken();
        return with(body(text, body), "X-Twilio-Signature", TwilioSignature.sign(url, signed, token));
    }

    private static Delivery with(Delivery delivery, String header, String value) {
        Map<String, String> headers = new HashMap<>(delivery.headers());
        headers.put(header, value);
        return new Delivery(delivery.what(), delivery.path(), delivery.body(), headers);
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
        int status = ask(site, delivery);
        site.ledger.settle(entry, Answer.REJECTED, null);
        if (status != expected) {
            throw new Unmet("%s %s: %d instead of %d".formatted(delivery.what(), what, status, expected));
        }
    }

    private static void accept(Site site, Person person, Delivery text) {
        Entry entry = site.ledger.ask(Kind.TEXT, sid(text), site.business().client, person.phone(), null);
        int status = ask(site, text);
        site.ledger.settle(entry, Answer.OK, null);
        if (status != 200) {
            throw new Unmet("%s: %d instead of 200".formatted(text.body(), status));
        }
    }

    /** Asks the service itself: the gateway says by itself who asked it. */
    private static int ask(Site site, Delivery delivery) {
        Service service = Routes.of(delivery.path()).orElseThrow();
        return site.sender
                .to(site.settings.url(service), delivery.path(), delivery.body(), delivery.headers())
                .status();
    }
}
