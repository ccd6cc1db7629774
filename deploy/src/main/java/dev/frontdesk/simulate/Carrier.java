package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.local.Accounts.Account;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The simulated provider's own books: which texts it accepted, and which prices it has told Frontdesk so far. */
final class Carrier {
    private static final String CALL_PRICE = "-0.01400";

    private final Wire wire = new Wire();
    private final String url;
    private final Account account;

    Carrier(String url, Account account) {
        this.url = url;
        this.account = account;
    }

    /** Makes a call known, so that its price and state can be asked for. */
    void know(PhoneCall call) {
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

    void know(String textSid, Person from, String body) {
        post(
                "/simulator/messages",
                Map.of("sid", textSid, "client_id", account.clientId(), "from", from.phone(), "body", body));
    }

    /** The texts it accepted for this person, newest first. */
    List<JsonNode> textsTo(Person person) {
        return items("/simulator/messages?to=" + Office.encode(person.phone()));
    }

    /** What Frontdesk has been told this person's texts cost, both ways. */
    BigDecimal toldForTexts(Person person) {
        return items("/simulator/messages").stream()
                .filter(text -> text.get("price_told").asBoolean())
                .filter(text -> text.get("to").asText().equals(person.phone())
                        || text.get("from").asText().equals(person.phone()))
                .filter(text -> text.get("account_sid").asText().equals(account.twilioSid()))
                .map(text -> new BigDecimal(text.get("price").asText()).abs())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal toldFor(PhoneCall call) {
        JsonNode known =
                wire.get(url + "/simulator/calls/" + call.carrierId(), Map.of()).json();
        return known.path("price_told").asBoolean()
                ? new BigDecimal(known.get("price").asText()).abs()
                : BigDecimal.ZERO;
    }

    private List<JsonNode> items(String path) {
        JsonNode items = wire.get(url + path, Map.of()).json().get("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    private void post(String path, Map<String, ?> body) {
        wire.post(url + path, Json.MAPPER.valueToTree(body).toString(), Map.of("Content-Type", "application/json"));
    }
}
