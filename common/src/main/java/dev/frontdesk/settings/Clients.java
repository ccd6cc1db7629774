package dev.frontdesk.settings;

import dev.frontdesk.http.NotFound;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The businesses that use this platform, by {@code client_id}: {@code frontdesk.clients.<id>.*}. */
@ConfigMapping(prefix = "frontdesk.clients")
public interface Clients {

    @WithParentName
    Map<String, Client> all();

    /** The settings of one client; an unknown client is a 404, whoever asks. */
    default Client get(String clientId) {
        Client client = all().get(clientId);
        if (client == null) {
            throw new NotFound("No client is known by this id");
        }
        return client;
    }

    /** One business. */
    interface Client {
        Optional<String> name();

        /** IANA zone that decides what a day is and when an appointment takes place. */
        @WithDefault("UTC")
        ZoneId timeZone();

        /** ISO 3166 region in which a phone number without country code is read. */
        @WithDefault("US")
        String region();

        /** ISO 4217 code. */
        @WithDefault("USD")
        String currency();

        /** Local time of the recipient in which reminders and text backs wait, {@code HH:mm-HH:mm}. */
        @WithDefault("21:00-08:00")
        String quietHours();

        Optional<Twilio> twilio();

        Optional<Vapi> vapi();

        Optional<Retell> retell();

        Optional<Voice> voice();
    }

    /** Account at Twilio. */
    interface Twilio {
        String accountSid();

        /** Two are valid while a token is rotated; the first one is used for sending. */
        List<String> authToken();

        /** E.164 number that texts and calls go out from. */
        Optional<String> from();

        @WithDefault("https://api.twilio.com")
        URI apiUrl();
    }

    /** Organisation at Vapi. */
    interface Vapi {
        /** Shared secret, sent as {@code X-Vapi-Secret} or bearer token; two are valid during a rotation. */
        List<String> secret();

        /** Key of the HMAC credential, where one is configured at Vapi. */
        Optional<String> hmacSecret();

        Optional<String> apiKey();

        Optional<String> assistantId();

        Optional<String> phoneNumberId();

        @WithDefault("https://api.vapi.ai")
        URI apiUrl();
    }

    /** Workspace at Retell. */
    interface Retell {
        /** The API key with the webhook badge; two are valid during a rotation. */
        List<String> apiKey();

        Optional<String> agentId();

        @WithDefault("https://api.retellai.com")
        URI apiUrl();
    }

    /** Where the client's phone is answered. */
    interface Voice {
        /** SIP URI, E.164 number or {@code wss://} stream that an inbound call is connected to. */
        Optional<String> connectTo();

        /** E.164 number of a person to hand over to. */
        Optional<String> transferTo();

        Optional<String> greeting();

        /** ISO 3166 countries that may be called; the client's region when none are named. */
        Optional<List<String>> countries();
    }
}
