package dev.frontdesk.customer;

import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.MergePatch;
import dev.frontdesk.http.Page;
import dev.frontdesk.idempotency.Idempotent;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The people behind the numbers, for staff. */
@Path("/api/customers")
@Cancellable(false)
public class CustomerResource {

    /** {@code phone} in any spelling. */
    public record NewCustomer(
            @NotBlank @Size(max = 200) String name,
            @NotBlank String phone,
            @Email @Size(max = 320) String email,
            @Size(max = 20_000) String notes,
            List<@NotBlank String> tags,
            @Size(max = 1_000) String address) {
        Customer.Details details() {
            return new Customer.Details(name, email, notes, tags, address);
        }
    }

    /** What staff may change; the number stays, another number is another customer to merge with. */
    public record Editable(
            @NotNull @Size(max = 200) String name,
            @Email @Size(max = 320) String email,
            @Size(max = 20_000) String notes,
            List<@NotBlank String> tags,
            @Size(max = 1_000) String address) {
        static Editable of(Customer.Details it) {
            return new Editable(it.name(), it.email(), it.notes(), it.tags(), it.address());
        }

        Customer.Details details() {
            return new Customer.Details(name, email, notes, tags, address);
        }
    }

    public record Merge(@NotNull UUID into) {}

    public record CustomerView(
            UUID id,
            Instant createdAt,
            Instant updatedAt,
            String name,
            String phone,
            String email,
            int totalBookings,
            int totalCalls,
            Instant lastContact,
            String notes,
            List<String> tags,
            String address,
            BigDecimal totalSpent,
            long version) {
        public static CustomerView of(Customer it) {
            return new CustomerView(
                    it.id(),
                    it.createdAt(),
                    it.updatedAt(),
                    it.name(),
                    it.phone(),
                    it.email(),
                    it.totalBookings(),
                    it.totalCalls(),
                    it.lastContact(),
                    it.notes(),
                    it.tags(),
                    it.address(),
                    it.totalSpent(),
                    it.version());
        }
    }

    private final Customers customers;
    private final CustomerSearch search;
    private final Clients clients;
    private final Tenant tenant;
    private final Validator validator;

    CustomerResource(Customers customers, CustomerSearch search, Clients clients, Tenant tenant, Validator validator) {
        this.customers = customers;
        this.search = search;
        this.clients = clients;
        this.tenant = tenant;
        this.validator = validator;
    }

    @GET
    public Uni<Page<CustomerView>> list(@Context UriInfo uri) {
        Clients.Client client = clients.get(tenant.id());
        CustomerFilter filter =
                CustomerFilter.of(ListQuery.of(uri, client.timeZone(), CustomerFilter.NAMES), client.region());
        return search.find(filter)
                .map(rows -> Page.of(rows, filter.limit(), it -> new Cursor(it.createdAt(), it.id()))
                        .map(CustomerView::of));
    }

    @GET
    @Path("{id}")
    public Uni<RestResponse<CustomerView>> get(UUID id) {
        return customers.get(id).map(it -> it.mergedInto() == null ? ok(it) : moved(it.mergedInto(), ""));
    }

    @POST
    @Idempotent
    public Uni<RestResponse<CustomerView>> create(@NotNull @Valid NewCustomer body) {
        return customers
                .create(body.phone(), body.details())
                .map(it -> Tagged.created("/api/customers/" + it.id(), CustomerView.of(it), it.version()));
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, "application/json"})
    public Uni<RestResponse<CustomerView>> edit(
            UUID id, @HeaderParam("If-Match") String ifMatch, @NotNull MergePatch patch) {
        return customers
                .edit(
                        id,
                        ifMatch,
                        present ->
                                patch.applyTo(Editable.of(present), validator).details())
                .map(CustomerResource::ok);
    }

    @PUT
    @Path("{id}/tags/{tag}")
    public Uni<RestResponse<CustomerView>> tag(UUID id, String tag, @HeaderParam("If-Match") String ifMatch) {
        return retag(id, ifMatch, tags -> Tags.union(tags, List.of(Tags.normalised(tag))));
    }

    @DELETE
    @Path("{id}/tags/{tag}")
    public Uni<RestResponse<CustomerView>> untag(UUID id, String tag, @HeaderParam("If-Match") String ifMatch) {
        return retag(id, ifMatch, tags -> {
            List<String> left = new ArrayList<>(tags);
            left.remove(Tags.normalised(tag));
            return left;
        });
    }

    private Uni<RestResponse<CustomerView>> retag(UUID id, String ifMatch, UnaryOperator<List<String>> tags) {
        return customers
                .edit(
                        id,
                        ifMatch,
                        it -> new Customer.Details(
                                it.name(), it.email(), it.notes(), tags.apply(it.tags()), it.address()))
                .map(CustomerResource::ok);
    }

    @POST
    @Path("{id}/merge")
    @Idempotent
    public Uni<RestResponse<CustomerView>> merge(
            UUID id, @HeaderParam("If-Match") String ifMatch, @NotNull @Valid Merge body) {
        return customers.merge(id, ifMatch, body.into()).map(CustomerResource::ok);
    }

    @DELETE
    @Path("{id}")
    public Uni<Void> delete(UUID id, @HeaderParam("If-Match") String ifMatch) {
        return customers.delete(id, ifMatch);
    }

    private static RestResponse<CustomerView> ok(Customer it) {
        return Tagged.ok(CustomerView.of(it), it.version());
    }

    /** 308 to the customer that this one was merged into. */
    public static <V> RestResponse<V> moved(UUID into, String below) {
        return RestResponse.ResponseBuilder.<V>create(308)
                .location(URI.create("/api/customers/" + into + below))
                .build();
    }
}
