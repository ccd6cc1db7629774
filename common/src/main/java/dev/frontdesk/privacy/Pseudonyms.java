package dev.frontdesk.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What stands for an erased person's number: {@code erased-} and 32 hex digits of an HMAC-SHA256 of client and number under
 * {@code frontdesk.erasure-key}, which all services share. Without the key nobody can try all numbers against it.
 */
@ApplicationScoped
public class Pseudonyms {

    private static final String PREFIX = "erased-";
    /** On a laptop, where everybody is staff anyway, there is nothing to protect. */
    private static final String OPEN_KEY = "frontdesk.security=open";

    private final Optional<SecretKeySpec> key;

    Pseudonyms(
            @ConfigProperty(name = "frontdesk.erasure-key") Optional<String> key,
            @ConfigProperty(name = "frontdesk.security") String security) {
        this.key = key.filter(it -> !it.isBlank())
                .or(() -> "open".equals(security) ? Optional.of(OPEN_KEY) : Optional.empty())
                .map(it -> new SecretKeySpec(it.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }

    /** False where no key is configured: then nobody can be erased, and nobody has been. */
    public boolean isReady() {
        return key.isPresent();
    }

    /** The pseudonym of an E.164 number. */
    public String of(String clientId, String phone) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key.orElseThrow(() -> new IllegalStateException("frontdesk.erasure-key is not set")));
            byte[] hash = mac.doFinal((clientId + "\n" + phone).getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** True for what {@link #of} makes: this was a person's number once. */
    public static boolean isPseudonym(String phone) {
        return phone != null && phone.startsWith(PREFIX);
    }
}
