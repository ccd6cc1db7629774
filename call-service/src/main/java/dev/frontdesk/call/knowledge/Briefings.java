package dev.frontdesk.call.knowledge;

import dev.frontdesk.prompts.Placeholders;
import dev.frontdesk.prompts.Today;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.settings.Clients.Vapi;
import dev.frontdesk.settings.Clients.Voice;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Briefings from the last known copies of prompt, catalogue and customer: nothing but our own database is asked. */
@ApplicationScoped
public class Briefings {

    private static final String PLAIN = """
            You are the friendly front desk of {{business_name}}, on the telephone. Today is {{today}}, it is {{time}} \
            ({{time_zone}}). We offer: {{services}}. Our hours: {{opening_hours}}. Use the tools to look up times and to book, \
            move and cancel appointments; never invent a time, a price or a reference. Answer in short sentences.""";

    private final Tenant tenant;
    private final Clock clock;

    Briefings(Tenant tenant, Clock clock) {
        this.tenant = tenant;
        this.clock = clock;
    }

    /** The briefing for a call from this number ({@code anonymous} for a withheld one). */
    public Uni<Briefing> of(String clientId, Client client, String phoneNumber) {
        return tenant.sql(clientId, connection -> connection.preparedQuery("""
                                select (select system_prompt from prompt_copies where prompt_type = 'voice'),
                                       (select services from catalogue_copies),
                                       (select hours from catalogue_copies),
                                       (select jsonb_agg(question || ' ' || answer order by display_order, question)
                                        from faq_copies where is_active),
                                       (select name from customer_copies where phone = $1 order by version desc limit 1)
                                """).execute(Tuple.of(phoneNumber)))
                .map(rows -> briefing(client, rows));
    }

    /** The briefing when not even our own database answers. */
    public Briefing bare(String clientId, Client client) {
        return briefing(client, null, facts(client, "", "", "", null));
    }

    private Briefing briefing(Client client, RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return briefing(
                client,
                row.getString(0),
                facts(
                        client,
                        Catalogue.listed((JsonArray) row.getValue(1)),
                        Catalogue.listed((JsonArray) row.getValue(2)),
                        Catalogue.faqs((JsonArray) row.getValue(3)),
                        row.getString(4)));
    }

    private Briefing briefing(Client client, String prompt, Map<String, String> facts) {
        Optional<String> assistantId = prompt == null ? client.vapi().flatMap(Vapi::assistantId) : Optional.empty();
        String name = facts.get("business_name");
        return new Briefing(
                name,
                assistantId,
                Placeholders.fill(prompt == null ? PLAIN : prompt, facts),
                client.voice()
                        .flatMap(Voice::greeting)
                        .orElse("Thank you for calling " + name + ". How can I help you?"),
                facts);
    }

    private Map<String, String> facts(Client client, String services, String hours, String faqs, String customerName) {
        Map<String, String> facts = Today.facts(client, clock.instant());
        facts.put("services", services.isEmpty() ? "ask the check_services tool" : services);
        facts.put("opening_hours", hours.isEmpty() ? "ask the get_availability tool" : hours);
        facts.put("faqs", faqs.isEmpty() ? "ask the lookup_faq tool" : faqs);
        facts.put("customer_name", customerName == null ? "" : customerName);
        return facts;
    }
}
