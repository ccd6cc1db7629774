package dev.frontdesk.call.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.call.CallFacts;
import dev.frontdesk.call.CallFacts.Source;
import dev.frontdesk.call.CallerNumber;
import dev.frontdesk.call.Loose;
import dev.frontdesk.call.Secrets;
import dev.frontdesk.call.outbound.Dialled;
import dev.frontdesk.call.outbound.Dialler;
import dev.frontdesk.call.reconcile.CallControl;
import dev.frontdesk.call.reconcile.ProviderApi;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.settings.Clients.Twilio;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Twilio's Calls resource: what became of a call and what it cost, and starting one (providers.md A2, A8). */
@ApplicationScoped
public class TwilioCalls implements CallControl, Dialler {

    private final ProviderApi api;
    private final String publicUrl;

    TwilioCalls(ProviderApi api, @ConfigProperty(name = "frontdesk.public-url") String publicUrl) {
        this.api = api;
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
    }

    @Override
    public String name() {
        return TwilioFacts.PROVIDER;
    }

    @Override
    public boolean isConfigured(Client client) {
        return client.twilio().isPresent();
    }

    @Override
    public Uni<Fetched> fetch(Client client, String sid) {
        Twilio account = client.twilio().orElseThrow();
        return api.get(calls(account) + "/" + sid + ".json", auth(account)).map(call -> fetched(client, sid, call));
    }

    private static Fetched fetched(Client client, String sid, JsonNode call) {
        if (call == null) {
            return null;
        }
        String word = Loose.text(call, "status");
        TwilioStatus status = TwilioStatus.of(word);
        BigDecimal price = Loose.number(call, "price");
        if (status == null || status == TwilioStatus.IN_PROGRESS) {
            return new Fetched(null, null);
        }
        BigDecimal duration = Loose.number(call, "duration");
        boolean inbound = "inbound".equals(Loose.text(call, "direction"));
        CallFacts facts = CallFacts.of(
                        TwilioFacts.PROVIDER, Source.CARRIER, "poll", "poll:" + sid + ":" + word + ":" + price)
                .call(sid)
                .carrier(sid)
                .billedByCarrier()
                .type(inbound ? "inbound" : "outbound")
                .phone(CallerNumber.of(Loose.text(call, inbound ? "from" : "to"), client.region()))
                .status(status.ours(), word)
                .statusRemark(status.remark(null))
                .duration(duration == null ? null : Integer.valueOf(duration.intValue()))
                .startedAt(time(call, "start_time"))
                .endedAt(time(call, "end_time"))
                .carrierCost(price == null ? null : price.abs());
        return new Fetched(facts, Secrets.strip(call));
    }

    @Override
    public boolean canDial(Client client) {
        return client.twilio().flatMap(Twilio::from).isPresent();
    }

    @Override
    public Uni<Dialled> dial(String clientId, Client client, String phoneNumber) {
        Twilio account = client.twilio().orElseThrow();
        String base = publicUrl + "/webhooks/twilio/" + clientId + "/voice";
        String form = form(List.of(
                Map.entry("To", phoneNumber),
                Map.entry("From", account.from().orElseThrow()),
                Map.entry("Url", base),
                Map.entry("StatusCallback", base + "/status" + Twiml.PERSISTENTLY),
                Map.entry("StatusCallbackEvent", "initiated"),
                Map.entry("StatusCallbackEvent", "ringing"),
                Map.entry("StatusCallbackEvent", "answered"),
                Map.entry("StatusCallbackEvent", "completed"),
                Map.entry("Timeout", "30")));
        return api.post(calls(account) + ".json", auth(account), "application/x-www-form-urlencoded", form)
                .map(call -> dialled(call, phoneNumber));
    }

    private static Dialled dialled(JsonNode call, String phoneNumber) {
        String sid = Loose.text(call, "sid");
        if (sid == null) {
            throw new IllegalStateException("Twilio answered without a call");
        }
        CallFacts facts = CallFacts.of(TwilioFacts.PROVIDER, Source.CARRIER, "dialled", sid + ":dialled")
                .call(sid)
                .carrier(sid)
                .billedByCarrier()
                .type("outbound")
                .phone(phoneNumber)
                .status("in-progress", Loose.text(call, "status"));
        return new Dialled(facts, Secrets.strip(call));
    }

    private static String calls(Twilio account) {
        return "%s/2010-04-01/Accounts/%s/Calls".formatted(account.apiUrl(), account.accountSid());
    }

    private static String auth(Twilio account) {
        return ProviderApi.basic(account.accountSid(), account.authToken().get(0));
    }

    private static String form(List<Map.Entry<String, String>> fields) {
        return fields.stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Instant time(JsonNode call, String field) {
        String text = Loose.text(call, field);
        try {
            return text == null
                    ? null
                    : OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeParseException notRfc2822) {
            return null;
        }
    }
}
