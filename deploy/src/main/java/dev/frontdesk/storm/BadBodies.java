package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.storm.Sender.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Bodies nobody should send: too large, too deep, too many fields, cut off, in no character set, a byte a second.
 *
 * @param isPatient whether it stays until the slow bodies are refused
 */
record BadBodies(boolean isPatient) implements Fault {
    private static final int TIMES = 5;
    private static final int SLOW = 4;
    /** How long a body may take, and a little. */
    private static final int ARRIVAL_SECONDS = 35;

    @Override
    public String numbers() {
        return "F23";
    }

    @Override
    public String name() {
        return "bodies that are too large, too deep, too many fields, malformed, or never arrive";
    }

    @Override
    public String strike(Site site, Acts acts) {
        List<SlowBody> slow = slow(site);
        try {
            String told = bad(site);
            Business business = site.business();
            if (!acts.text(business, business.somebody(site.random), "Hello?", false)
                    .is(Entry.Answer.OK)) {
                throw new Unmet("a text was not taken beside slow ones");
            }
            return told + "; " + (isPatient ? refused(slow) : slow.size() + " slow ones stopped nobody");
        } finally {
            slow.forEach(SlowBody::close);
        }
    }

    private static List<SlowBody> slow(Site site) {
        return Stream.of(
                        Map.entry(Service.BOOKING, "/api/bookings"),
                        Map.entry(Service.CALL, "/webhooks/vapi/default"),
                        Map.entry(Service.SMS, "/webhooks/twilio/default/sms"))
                .flatMap(each -> Stream.generate(
                                () -> new SlowBody(site.settings.services().get(each.getKey()), each.getValue()))
                        .limit(SLOW))
                .toList();
    }

    private static String refused(List<SlowBody> slow) {
        Wait.until(
                ARRIVAL_SECONDS, "slow bodies are refused", () -> slow.stream().allMatch(SlowBody::isOver));
        Set<String> ends = slow.stream().map(SlowBody::end).collect(Collectors.toCollection(TreeSet::new));
        if (!ends.stream().allMatch(end -> end.startsWith("HTTP/1.1 408") || end.startsWith("closed"))) {
            throw new Unmet("slow bodies: " + ends);
        }
        return slow.size() + " slow ones: " + String.join(", ", ends);
    }

    private static String bad(Site site) {
        long before = Memory.ofServices(site);
        String json = "application/json";
        Map<String, Reply> replies = new LinkedHashMap<>();
        for (int i = 0; i < TIMES; i++) {
            replies.put("6 MiB to a webhook", vapi(site, "x".repeat(6 << 20)));
            replies.put("2 MiB to the API", api(site, "{\"notes\": \"%s\"}".formatted("x".repeat(2 << 20)), json));
            replies.put(
                    "5,000 levels of JSON", vapi(site, "{\"message\":" + "[".repeat(5000) + "]".repeat(5000) + "}"));
            replies.put("half a JSON", api(site, "{\"customer_name\": \"A", json));
            replies.put("a list for an object", api(site, "[1, 2]", json));
            replies.put("another type", api(site, "<a/>", "application/xml"));
            replies.put("an unknown character set", api(site, "{}", "application/json; charset=no-such"));
            replies.put("10,000 form fields", form(site));
        }
        replies.forEach((what, reply) -> {
            boolean isProblem = reply.headers().getOrDefault("content-type", "").contains("problem+json");
            if (reply.status() / 100 != 4 || !isProblem) {
                throw new Unmet("%s: %d %s %s"
                        .formatted(what, reply.status(), reply.headers().get("content-type"), reply.body()));
            }
        });
        return "%s; memory of the services %+d MiB"
                .formatted(
                        replies.entrySet().stream()
                                .map(each ->
                                        each.getKey() + " " + each.getValue().status())
                                .collect(Collectors.joining(", ")),
                        Memory.ofServices(site) - before);
    }

    private static Reply vapi(Site site, String body) {
        Business business = site.business();
        return site.sender.to(
                site.settings.url(Service.CALL),
                "/webhooks/vapi/" + business.client,
                body,
                Map.of("Content-Type", "application/json", "X-Vapi-Secret", business.account.vapiSecret()));
    }

    private static Reply api(Site site, String body, String type) {
        return site.sender.to(site.settings.url(Service.BOOKING), "/api/bookings", body, Map.of("Content-Type", type));
    }

    private static Reply form(Site site) {
        String body = IntStream.range(0, 10_000).mapToObj(i -> "f" + i + "=1").collect(Collectors.joining("&"));
        return site.sender.to(
                site.settings.url(Service.SMS),
                "/webhooks/twilio/default/sms",
                body,
                Map.of("Content-Type", "application/x-www-form-urlencoded", "X-Twilio-Signature", "none"));
    }
}
