package dev.frontdesk.http;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Lets a malformed target through to {@link RequestLimits}: Quarkus answers it before there is a router, and without a body.
 * It asks for this system property when its first class is loaded, so it is set with the very first configuration.
 */
@StaticInitSafe
public final class AnyTarget implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        System.setProperty("vertx.disableURIValidation", "true");
    }
}
