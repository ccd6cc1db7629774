package dev.frontdesk.customer.prompts;

import dev.frontdesk.bookings.BookingDesk;
import dev.frontdesk.bookings.OfferedService;
import dev.frontdesk.customer.faqs.ActiveFaqs;
import dev.frontdesk.http.Page;
import dev.frontdesk.prompts.Placeholders;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** What the placeholders of a prompt stand for at this moment, for a preview. */
@ApplicationScoped
class TodaysValues {

    private static final Logger LOG = Logger.getLogger(TodaysValues.class);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH);
    private static final String UNKNOWN = "(filled in when the agent answers)";

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

    /** A value for every placeholder there is; the services come from booking-service, or are said to be missing. */
    Uni<Map<String, String>> now() {
        String clientId = tenant.id();
        Clients.Client client = clients.get(clientId);
        ZonedDateTime now = clock.instant().atZone(client.timeZone());
        Map<String, String> values = new LinkedHashMap<>();
        values.put("business_name", client.name().orElse(clientId));
        values.put("today", DATE.format(now));
        values.put("time", TIME.format(now));
        values.put("time_zone", client.timeZone().getId());
        values.put("currency", client.currency());
        values.put("opening_hours", UNKNOWN);
        return faqs.asText()
                .invoke(text -> values.put("faqs", text))
                .chain(() -> services(clientId))
                .invoke(text -> values.put("services", text))
                .replaceWith(values);
    }

    private Uni<String> services(String clientId) {
        return bookings.services(clientId)
                .map(Page::items)
                .map(TodaysValues::list)
                .onFailure()
                .invoke(e -> LOG.warnf("preview without services: %s", e.getMessage()))
                .onFailure()
                .recoverWithItem(UNKNOWN);
    }

    private static String list(List<OfferedService> services) {
        return services.stream()
                .map(it -> "%s (%s, %d minutes, from %s %s)"
                        .formatted(it.name(), it.code(), it.durationMinutes(), it.basePrice(), it.currency()))
                .collect(Collectors.joining("; "));
    }
}
