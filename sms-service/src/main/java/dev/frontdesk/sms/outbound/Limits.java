package dev.frontdesk.sms.outbound;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How much is texted where: what keeps a flood, a loop or SMS pumping from costing a client money. */
@ApplicationScoped
public class Limits {

    private final List<String> prefixes;

    Limits(@ConfigProperty(name = "frontdesk.sms.countries") List<String> prefixes) {
        this.prefixes = prefixes;
    }

    /** Whether the E.164 number is in a country we text at all. */
    public boolean mayText(String phoneNumber) {
        return prefixes.stream().anyMatch(phoneNumber::startsWith);
    }
}
