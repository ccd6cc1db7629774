package dev.frontdesk.call.recording;

import dev.frontdesk.http.Forbidden;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Links to one recording of one client that work for a few minutes. */
@ApplicationScoped
class RecordingLinks {

    /** Where the recording can be heard, and until when. */
    record Link(String url, Instant expiresAt) {}

    private final Clock clock;
    private final Duration life;
    private final byte[] key;

    RecordingLinks(
            Clock clock,
            @ConfigProperty(name = "frontdesk.calls.recording-link-life") Duration life,
            @ConfigProperty(name = "frontdesk.calls.recording-link-key") Optional<String> key) {
        this.clock = clock;
        this.life = life;
        this.key = key.filter(it -> !it.isBlank())
                .map(it -> it.getBytes(StandardCharsets.UTF_8))
                .orElseGet(RecordingLinks::ofThisProcess);
    }

    Link to(String clientId, UUID callId) {
        Instant expiresAt = Instant.ofEpochSecond(clock.instant().plus(life).getEpochSecond());
        String url = "/api/calls/%s/recording/audio?expires=%d&signature=%s"
                .formatted(callId, expiresAt.getEpochSecond(), signature(clientId, callId, expiresAt.getEpochSecond()));
        return new Link(url, expiresAt);
    }

    /** Refuses a link that is not ours, another client's, or too old. */
    void require(String clientId, UUID callId, long expires, String signature) {
        byte[] expected = signature(clientId, callId, expires).getBytes(StandardCharsets.UTF_8);
        byte[] given = String.valueOf(signature).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, given) || expires < clock.instant().getEpochSecond()) {
            throw new Forbidden("The link is not valid any more; ask for a new one");
        }
    }

    private String signature(String clientId, UUID callId, long expires) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String text = clientId + "\n" + callId + "\n" + expires;
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] ofThisProcess() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return random;
    }
}
