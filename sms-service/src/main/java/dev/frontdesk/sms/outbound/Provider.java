package dev.frontdesk.sms.outbound;

import dev.frontdesk.settings.Clients;
import dev.frontdesk.settings.Clients.Twilio;
import dev.frontdesk.sms.outbound.TwilioApi.Message;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Twilio with a client's account. */
@ApplicationScoped
class Provider {

    /** Tells Twilio to repeat a callback that was not taken; by default it does so only when it cannot connect. */
    private static final String PERSISTENTLY = "#rc=3&rp=all&rt=5000";

    private final TwilioApi api;
    private final Clients clients;
    private final String publicUrl;

    Provider(
            @RestClient TwilioApi api,
            Clients clients,
            @ConfigProperty(name = "frontdesk.public-url") String publicUrl) {
        this.api = api;
        this.clients = clients;
        this.publicUrl = publicUrl;
    }

    /** Posts a text, once. Its status callbacks name our id, so that they find it even when this answer is lost. */
    Uni<Outcome> send(String clientId, UUID id, String to, String body) {
        Twilio twilio = clients.get(clientId).twilio().orElse(null);
        if (twilio == null || twilio.from().isEmpty()) {
            return Uni.createFrom().item(new Outcome.Halted("not-configured"));
        }
        String callback =
                "%s/webhooks/twilio/%s/sms/status?message=%s%s".formatted(publicUrl, clientId, id, PERSISTENTLY);
        return api.send(
                        url(twilio),
                        authorization(twilio),
                        twilio.accountSid(),
                        to,
                        twilio.from().get(),
                        body,
                        callback)
                .map(Outcome::of)
                .onFailure()
                .recoverWithItem(Outcome::of);
    }

    /** What Twilio has for this number since the day before {@code since}, newest first. */
    Uni<List<Message>> sentTo(String clientId, String to, Instant since) {
        Twilio twilio = clients.get(clientId).twilio().orElseThrow();
        String day = since.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(1).toString();
        return api.list(
                        url(twilio),
                        authorization(twilio),
                        twilio.accountSid(),
                        to,
                        twilio.from().orElse(null),
                        day,
                        200)
                .map(page -> page.messages() == null ? List.of() : page.messages());
    }

    Uni<Message> fetch(String clientId, String sid) {
        Twilio twilio = clients.get(clientId).twilio().orElseThrow();
        return api.fetch(url(twilio), authorization(twilio), twilio.accountSid(), sid);
    }

    static String url(Twilio twilio) {
        return twilio.apiUrl().toString().replaceFirst("/+$", "");
    }

    static String authorization(Twilio twilio) {
        String pair = twilio.accountSid() + ":" + twilio.authToken().get(0);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
