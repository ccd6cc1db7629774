package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.local.Accounts.Account;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The simulated provider's own books: which texts it accepted, and which prices it has told Frontdesk so far. */
public final class Carrier {
    private static final String CALL_PRICE = "-0.01400";

    private final Wire wire = new Wire();
    private final String url;
    private final Account account;

    public Carrier(String url, Account account) {
        this.url = url;
        this.account = account;
    }

    /** Makes a call known, so that its price and state can be asked for. */
    public void know(PhoneCall call) {
        boolean talked = call.kind().status.equals("completed");
        post(
                "/simulator/calls",
                Map.of(
                        "sid",
                        call.carrierId(),
                        "client_id",
                        account.clientId(),
                        "from",
                        call.isInbound() ? call.person().phone() : account.number(),
                        "to",
                        call.isInbound() ? account.number() : call.person().phone(),
                        "direction",
                        call.isInbound() ? "inbound" : "outbound-api",
                        "status",
                        call.kind().status,
                        "duration",
                        call.seconds(),
                        "price",
                        talked ? CALL_PRICE : "0.00000"));
    }

    public void know(String textSid, Person from, String body) {
        post(
                "/simulator/messages",
                Map.of("sid", textSid, "client_id", account.clientId(), "from", from.phone(), "body", body));
    }

    /** The texts it accepted for this person, newest first. */
    public List<JsonNode> textsTo(Person person) {
        return items("/simulator/messages?to=" + Office.encode(person.phone()));
    }

    /** The texts it accepted from this account for anybody. */
    public List<JsonNode> texts() {
        return own("/simulator/messages")
                .filter(text -> text.get("direction").asText().startsWith("outbound"))
                .toList();
    }

    /** What a number does from now on: {@code outcome} as the simulator names them, after so long. */
    public void behave(Person person, String outcome, int delayMillis) {
        post("/simulator/behaviour", Map.of("to", person.phone(), "outcome", outcome, "delay_ms", delayMillis));
    }

    /** How many texts it accepted for anybody. */
    int accepted() {
        return texts().size();
    }

    /** What Frontdesk has been told so far that texts and calls cost, by id. */
    Map<String, BigDecimal> told() {
        return Stream.concat(own("/simulator/messages"), own("/simulator/calls"))
                .filter(item -> item.get("price_told").asBoolean())
                .collect(Collectors.toMap(
                        item -> item.get("sid").asText(),
                        item -> new BigDecimal(item.get("price").asText()).abs()));
    }

    private Stream<JsonNode> own(String path) {
        return items(path).stream()
                .filter(item -> item.get("account_sid").asText().equals(account.twilioSid()));
    }

    private List<JsonNode> items(String path) {
        JsonNode items = wire.get(url + path, Map.of()).json().get("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    private void post(String path, Map<String, ?> body) {
        wire.post(url + path, Json.MAPPER.valueToTree(body).toString(), Map.of("Content-Type", "application/json"));
    }
}
