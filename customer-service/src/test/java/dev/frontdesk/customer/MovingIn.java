package dev.frontdesk.customer;

import dev.frontdesk.testing.Database;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A platform with tokens and demo data, as it is when nobody has written anything yet. */
public final class MovingIn implements QuarkusTestProfile {

    private static final String ISSUER = "https://login.example.com";
    /** The profile and the tests live in different class loaders. */
    private static final String KEY = "frontdesk.testing.jwt";

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            System.setProperty(
                    KEY, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
            return Map.of(
                    "mp.jwt.verify.issuer",
                    ISSUER,
                    "mp.jwt.verify.publickey",
                    Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
                    "frontdesk.demo-data",
                    "on");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(NothingWritten.class));
    }

    /** An RS256 token of the issuer. */
    static String token(String clientId, String role) {
        String header = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
        String claims = encoded(
                "{\"iss\":\"%s\",\"sub\":\"kim\",\"upn\":\"kim\",\"client_id\":\"%s\",\"groups\":[\"%s\"],\"iat\":%d,\"exp\":%d}"
                        .formatted(
                                ISSUER,
                                clientId,
                                role,
                                Instant.now().getEpochSecond(),
                                Instant.now().getEpochSecond() + 600));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(System.getProperty(KEY)))));
            signature.update((header + "." + claims).getBytes(StandardCharsets.UTF_8));
            return header + "." + claims + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes away what other tests of this JVM wrote, before the service starts. */
    public static final class NothingWritten implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            Database db = Database.asSuperuser("customer");
            if (db.count("select count(*) from pg_tables where tablename = 'prompt_activations'") > 0) {
                db.run("truncate faqs, system_prompts, prompt_activations");
            }
            return Map.of("frontdesk.security", "jwt", "frontdesk.erasure-key", "a key of the tests");
        }

        @Override
        public void stop() {}
    }
}
