package dev.frontdesk.sms.inbound;

import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.Forbidden;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.settings.Clients.Twilio;
import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.webhook.Form;
import dev.frontdesk.webhook.RawRequest;
import dev.frontdesk.webhook.TwilioSignature;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Twilio's forms, let in only with the client's signature and account; what follows is the client's. */
@ApplicationScoped
class SignedForms {

    private static final Logger LOG = Logger.getLogger(SignedForms.class);

    private static final Pattern SID = Pattern.compile("\\w{1,64}");

    private final Clients clients;
    private final Tenant tenant;
    private final Clock clock;
    private final String publicUrl;

    SignedForms(
            Clients clients,
            Tenant tenant,
            Clock clock,
            @ConfigProperty(name = "frontdesk.public-url") String publicUrl) {
        this.clients = clients;
        this.tenant = tenant;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    /** The id of the text a form speaks of, by the first of the names that is there. */
    static String sid(Form form, String... names) {
        return Stream.of(names)
                .flatMap(name -> form.text(name).stream())
                .findFirst()
                .filter(sid -> SID.matcher(sid).matches())
                .orElseThrow(() -> new BadRequest(names[0] + " is missing or malformed"));
    }

    /** A form that is the client's beyond doubt. */
    record Signed(String clientId, Client client, Form form) {}

    /** Unknown client 404, unreadable 400, too many fields 413, not signed by the client's account 403. */
    Signed open(String clientId, HttpServerRequest request, byte[] body) {
        Client client = clients.get(clientId);
        Twilio twilio = client.twilio().orElseThrow(() -> new NotFound("The client has no account at Twilio"));
        RawRequest raw = RawRequest.of(request, publicUrl, body, clock.instant());
        Form form = raw.form();
        if (!TwilioSignature.verify(raw, twilio.authToken())) {
            // Without the query: whoever sent it has not said who they are.
            String address = raw.url().split("\\?", 2)[0];
            LOG.warnf("refused a webhook of %s: not signed for %s with fields %s", clientId, address, form.names());
            throw new Forbidden("The signature is missing or wrong");
        }
        if (form.text("AccountSid").filter(twilio.accountSid()::equals).isEmpty()) {
            throw new Forbidden("The account is not the client's");
        }
        tenant.enter(clientId);
        return new Signed(clientId, client, form);
    }
}
