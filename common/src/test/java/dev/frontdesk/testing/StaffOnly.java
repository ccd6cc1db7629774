package dev.frontdesk.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** The service as it runs in production: who calls needs a token of the {@link Issuer}. */
public class StaffOnly implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        // Known when the service is built, or Quarkus makes a key of its own for tests.
        return Map.of(
                "frontdesk.erasure-key",
                "a key of the tests",
                "mp.jwt.verify.publickey.location",
                Issuer.jwksLocation());
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Issuer.class));
    }
}
