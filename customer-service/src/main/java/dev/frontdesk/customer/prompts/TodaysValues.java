package dev.frontdesk.customer.prompts;

import dev.frontdesk.bookings.BookingDesk;
import dev.frontdesk.bookings.OfferedService;
import dev.frontdesk.bookings.OpenHours;
import dev.frontdesk.customer.faqs.ActiveFaqs;
import dev.frontdesk.http.Page;
import dev.frontdesk.prompts.Placeholders;
import dev.frontdesk.prompts.Today;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * What the placeholders of a prompt stand for at this moment, in the words in which the agent would get them. What
 * booking-service cannot be asked for is said to be unknown, not left out.
 */
@ApplicationScoped
class TodaysValues {

    private static final Logger LOG = Logger.getLogger(TodaysValues.class);
    private static final String UNKNOWN = "(not known now: booking-service does not answer)";

    private final Tenant tenant;
    private final Clients clients;
    private final ActiveFaqs faqs;
    private final BookingDesk bookings;
    private final Clock clock;

    TodaysValues(Tenant tenant, Clients clients, ActiveFaqs faqs, @RestClient BookingDesk bookings, Clock clock) {
        this.tenant = tenant;
        this.clients = clients;
        this.faqs = faqs;
        this.bookings = bookings;
        this.clock = clock;
    }

    static String fill(SystemPrompt prompt, Map<String, String> values) {
        return Placeholders.fill(prompt.systemPrompt(), values);
    }

    /** The names of the values that could not be had. */
    static List<String> unknown(Map<String, String> values) {
        return values.entrySet().stream()
                .filter(it -> it.getValue().equals(UNKNOWN))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A value for every placeholder there is. */
    Uni<Map<String, String>> now() {
        String clientId = tenant.id();
        Map<String, String> values = Today.facts(clients.get(clientId), clock.instant());
        return faqs.asText()
                .invoke(text -> values.put("faqs", orAsk(text, "lookup_faq")))
                .chain(() -> asked(bookings.services(clientId), OfferedService::inWords, "check_services"))
                .invoke(text -> values.put("services", text))
                .chain(() -> asked(bookings.openingHours(clientId), OpenHours::inWords, "get_availability"))
                .invoke(text -> values.put("opening_hours", text))
                .replaceWith(values);
    }

    private static <T> Uni<String> asked(Uni<Page<T>> question, Function<T, String> inWords, String tool) {
        return question.map(page -> orAsk(page.items().stream().map(inWords).collect(Collectors.joining("; ")), tool))
                .onFailure()
                .invoke(e -> LOG.warnf("a preview without what booking-service knows: %s", e.getMessage()))
                .onFailure()
                .recoverWithItem(UNKNOWN);
    }

    /** An agent without a value is told which tool has it. */
    private static String orAsk(String text, String tool) {
        return text.isEmpty() ? "ask the " + tool + " tool" : text;
    }
}
