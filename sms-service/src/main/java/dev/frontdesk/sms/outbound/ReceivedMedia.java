package dev.frontdesk.sms.outbound;

import dev.frontdesk.http.NotFound;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.settings.Clients.Twilio;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Fetches pictures for staff, so that no provider's link and no credentials reach a browser. Only ids are taken from a stored
 * link, and only of the client's own account: whatever else it says, nothing but Twilio is asked.
 */
@ApplicationScoped
public class ReceivedMedia {

    private static final Pattern LINK =
            Pattern.compile("https?://[^/]+/2010-04-01/Accounts/(AC\\w{32})/Messages/([SM]M\\w{32})/Media/(ME\\w{32})");

    private final TwilioMediaApi api;
    private final Clients clients;

    ReceivedMedia(@RestClient TwilioMediaApi api, Clients clients) {
        this.api = api;
        this.clients = clients;
    }

    public Uni<byte[]> fetch(String clientId, String link) {
        Twilio twilio = clients.get(clientId).twilio().orElseThrow(ReceivedMedia::gone);
        Matcher ids = LINK.matcher(link);
        if (!ids.matches() || !ids.group(1).equals(twilio.accountSid())) {
            throw gone();
        }
        return api.fetch(
                        Provider.url(twilio),
                        Provider.authorization(twilio),
                        twilio.accountSid(),
                        ids.group(2),
                        ids.group(3))
                .onFailure(Refusal.class)
                .transform(e -> gone());
    }

    private static NotFound gone() {
        return new NotFound("The provider has no such picture any more");
    }
}
