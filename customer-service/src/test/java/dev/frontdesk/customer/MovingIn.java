package dev.frontdesk.customer;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.StaffOnly;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A platform with tokens and demo data, as it is when nobody has written anything yet. */
public final class MovingIn extends StaffOnly {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
        overrides.put("frontdesk.demo-data", "on");
        return overrides;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return Stream.concat(super.testResources().stream(), Stream.of(new TestResourceEntry(NothingWritten.class)))
                .toList();
    }

    /** Takes away what other tests of this JVM wrote, before the service starts. */
    public static final class NothingWritten implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            Database db = Database.asSuperuser("customer");
            if (db.count("select count(*) from pg_tables where tablename = 'prompt_activations'") > 0) {
                db.run("truncate faqs, system_prompts, prompt_activations");
            }
            return Map.of();
        }

        @Override
        public void stop() {}
    }
}
