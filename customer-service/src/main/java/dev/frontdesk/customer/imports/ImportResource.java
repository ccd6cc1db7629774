package dev.frontdesk.customer.imports;

import dev.frontdesk.customer.imports.Imports.Import;
import dev.frontdesk.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * Customers from a CSV (columns name, phone, and optionally email, notes, tags separated by {@code ;}, address). A file
 * over 1 MiB comes in parts, each with the header: {@code ?final=false} but for the last.
 */
@Path("/api/customers/imports")
@Cancellable(false)
public class ImportResource {

    private final Imports imports;

    ImportResource(Imports imports) {
        this.imports = imports;
    }

    @POST
    @Idempotent
    @Consumes("text/csv")
    public Uni<RestResponse<Import>> begin(String csv, @QueryParam("final") @DefaultValue("true") boolean last) {
        return imports.begin(csv, last).map(ImportResource::accepted);
    }

    @POST
    @Path("{id}/parts")
    @Idempotent
    @Consumes("text/csv")
    public Uni<RestResponse<Import>> add(UUID id, String csv, @QueryParam("final") @DefaultValue("true") boolean last) {
        return imports.add(id, csv, last).map(ImportResource::accepted);
    }

    @GET
    @Path("{id}")
    public Uni<Import> get(UUID id) {
        return imports.get(id);
    }

    private static RestResponse<Import> accepted(Import it) {
        return RestResponse.ResponseBuilder.<Import>create(202)
                .entity(it)
                .location(URI.create("/api/customers/imports/" + it.id()))
                .build();
    }
}
