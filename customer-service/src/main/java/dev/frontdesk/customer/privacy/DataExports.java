package dev.frontdesk.customer.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.customer.Customer;
import dev.frontdesk.customer.CustomerResource.CustomerView;
import dev.frontdesk.customer.Customers;
import dev.frontdesk.http.Problem;
import dev.frontdesk.http.Unavailable;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Everything the platform holds about one person, from all services: complete, or a 503. */
@ApplicationScoped
class DataExports {

    private static final Logger LOG = Logger.getLogger(DataExports.class);
    private static final long DEADLINE_SECONDS = 10;

    private final Tenant tenant;
    private final Customers customers;
    private final Clock clock;
    private final ServiceRecords bookings;
    private final ServiceRecords calls;
    private final ServiceRecords texts;

    DataExports(
            Tenant tenant,
            Customers customers,
            Clock clock,
            @ConfigProperty(name = "frontdesk.export.booking-url") URI bookings,
            @ConfigProperty(name = "frontdesk.export.call-url") URI calls,
            @ConfigProperty(name = "frontdesk.export.sms-url") URI texts) {
        this.tenant = tenant;
        this.customers = customers;
        this.clock = clock;
        this.bookings = at(bookings);
        this.calls = at(calls);
        this.texts = at(texts);
    }

    /** One person's record; the rows are as their services show them. */
    public record Export(
            Instant exportedAt,
            List<CustomerView> customer,
            List<JsonNode> bookings,
            List<JsonNode> calls,
            List<JsonNode> texts) {}

    /** One page of a number's records, from a cursor on. */
    private interface Page {
        Uni<JsonNode> read(String phone, String cursor);
    }

    /** The record of a customer under all their numbers; {@code token} is the asker's, who must be let in everywhere. */
    Uni<Export> of(UUID customerId, String token) {
        String client = tenant.id();
        return tenant.transaction(() -> customers
                        .get(customerId)
                        .chain(it -> customers.<Customer>list("id = ?1 or mergedInto = ?1", it.id())))
                .chain(people -> {
                    List<String> phones = people.stream().map(Customer::phone).toList();
                    Page bookingPages = (phone, cursor) -> bookings.bookings(token, client, phone, cursor);
                    Page callPages = (phone, cursor) -> calls.calls(token, client, phone, cursor);
                    Page textPages = (phone, cursor) -> texts.texts(token, client, phone, cursor);
                    return all(phones, bookingPages)
                            .chain(booked -> whole(all(phones, callPages), token, client)
                                    .chain(called -> all(phones, textPages)
                                            .map(texted -> new Export(
                                                    clock.instant(),
                                                    people.stream()
                                                            .map(CustomerView::of)
                                                            .toList(),
                                                    booked,
                                                    called,
                                                    texted))));
                })
                .onFailure(e -> !(e instanceof Problem))
                .transform(e -> {
                    LOG.warnf("export of customer %s failed: %s", customerId, e.getMessage());
                    return new Unavailable("A service that holds a part of the record does not answer");
                });
    }

    private Uni<List<JsonNode>> whole(Uni<List<JsonNode>> listed, String token, String client) {
        return listed.chain(items -> Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(
                        it -> calls.call(token, client, it.get("id").asText()))
                .collect()
                .asList());
    }

    private static Uni<List<JsonNode>> all(List<String> phones, Page page) {
        return Multi.createFrom()
                .iterable(phones)
                .onItem()
                .transformToMultiAndConcatenate(phone -> pages(phone, page))
                .onItem()
                .transformToMultiAndConcatenate(answer -> Multi.createFrom().iterable(answer.get("items")))
                .collect()
                .in(ArrayList<JsonNode>::new, List::add)
                .map(items -> items);
    }

    private static Multi<JsonNode> pages(String phone, Page page) {
        return Multi.createBy()
                .repeating()
                .uni(
                        AtomicReference<String>::new,
                        cursor -> page.read(phone, cursor.get())
                                .invoke(answer ->
                                        cursor.set(answer.path("next_cursor").textValue())))
                .whilst(answer -> answer.hasNonNull("next_cursor"));
    }

    private static ServiceRecords at(URI url) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .readTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .build(ServiceRecords.class);
    }
}
