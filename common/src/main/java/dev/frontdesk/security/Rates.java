package dev.frontdesk.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.regex.Pattern;

/** How often one caller may use which routes, per instance of a service: {@code frontdesk.rates.<name>.*}. */
@ConfigMapping(prefix = "frontdesk.rates")
public interface Rates {

    @WithParentName
    Map<String, Rate> all();

    /** A limit; every one whose path matches counts. */
    interface Rate {
        /** A regular expression over the whole path. */
        Pattern path();

        /** Requests a minute and caller; 0 is no limit. */
        @WithDefault("0")
        int perMinute();

        /** Requests that may come at once. */
        @WithDefault("50")
        int burst();
    }
}
