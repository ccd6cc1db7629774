package dev.frontdesk.customer;

import dev.frontdesk.http.Csv;
import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The customers a list would show, all of them, as a CSV that can be imported again. */
@Path("/api/customers/export")
public class ExportResource {

    private static final List<String> HEADER = List.of(
            "id",
            "name",
            "phone",
            "email",
            "tags",
            "address",
            "notes",
            "total_bookings",
            "total_calls",
            "last_contact",
            "total_spent",
            "created_at");

    private static final int AT_A_TIME = 1_000;

    private final CustomerSearch search;
    private final Clients clients;
    private final Tenant tenant;

    ExportResource(CustomerSearch search, Clients clients, Tenant tenant) {
        this.search = search;
        this.clients = clients;
        this.tenant = tenant;
    }

    @GET
    @Produces(Csv.MEDIA_TYPE)
    public Multi<String> export(@Context UriInfo uri) {
        Clients.Client client = clients.get(tenant.id());
        CustomerFilter filter =
                CustomerFilter.of(ListQuery.of(uri, client.timeZone(), CustomerFilter.NAMES), client.region());
        return Csv.rows(HEADER, customers(filter).map(ExportResource::row));
    }

    /** Page after page, each in a transaction of its own; nothing is collected. */
    private Multi<Customer> customers(CustomerFilter filter) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(filter.page(filter.cursor(), AT_A_TIME)),
                        next -> search.find(next.get())
                                .invoke(rows -> rows.stream()
                                        .reduce((some, last) -> last)
                                        .ifPresent(last -> next.set(
                                                filter.page(new Cursor(last.createdAt(), last.id()), AT_A_TIME)))))
                .whilst(rows -> rows.size() > AT_A_TIME)
                .onItem()
                .transformToIterable(rows -> rows);
    }

    private static List<Object> row(Customer it) {
        return Arrays.asList(
                it.id(),
                it.name(),
                it.phone(),
                it.email(),
                String.join(";", it.tags()),
                it.address(),
                it.notes(),
                it.totalBookings(),
                it.totalCalls(),
                it.lastContact(),
                it.totalSpent(),
                it.createdAt());
    }
}
