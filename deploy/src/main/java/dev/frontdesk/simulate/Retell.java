package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.local.Accounts.Account;
import dev.frontdesk.webhook.RetellSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Retell's webhooks for one client: recorded events with other values, signed with the client's key. */
public final class Retell {
    private final Account account;

    public Retell(Account account) {
        this.account = account;
    }

    /** Started, ended, analysed. */
    public List<Delivery> events(PhoneCall call) {
        return List.of(event("call-started", call), event("call-ended", call), event("call-analyzed", call));
    }

    private Delivery event(String name, PhoneCall call) {
        ObjectNode event = (ObjectNode) Json.fixture("retell/" + name + ".json");
        ObjectNode about = event.withObjectProperty("call");
        about.put("call_id", call.agentId());
        about.put("from_number", call.person().phone());
        about.put("to_number", account.number());
        about.put("start_timestamp", call.startedAt().toEpochMilli());
        about.withObjectProperty("retell_llm_dynamic_variables")
                .put("customer_name", call.person().name());
        about.withObjectProperty("telephony_identifier").put("twilio_call_sid", call.carrierId());
        if (!name.equals("call-started")) {
            about.put("end_timestamp", call.endedAt().toEpochMilli());
            about.put("duration_ms", call.seconds() * 1000L);
            // Retell counts in cents.
            about.withObjectProperty("call_cost")
                    .put("combined_cost", call.cost().movePointRight(2));
        }
        if (name.equals("call-analyzed")) {
            String sentiment = call.sentiment();
            about.withObjectProperty("call_analysis")
                    .put("user_sentiment", sentiment.substring(0, 1).toUpperCase(Locale.ROOT) + sentiment.substring(1));
        }
        String body = event.toString();
        return new Delivery(
                "retell " + name,
                "/webhooks/retell/" + account.clientId(),
                body,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "X-Retell-Signature",
                        RetellSignature.sign(
                                body.getBytes(StandardCharsets.UTF_8), account.retellKey(), Instant.now())));
    }
}
