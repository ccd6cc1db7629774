package dev.frontdesk.customer.privacy;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** A customer's right to know what is held about them. */
@Path("/api/customers/{id}/export")
@Cancellable(false)
public class DataExportResource {

    private final DataExports exports;

    DataExportResource(DataExports exports) {
        this.exports = exports;
    }

    @GET
    public Uni<RestResponse<DataExports.Export>> get(UUID id, @HeaderParam("Authorization") String token) {
        return exports.of(id, token)
                .map(export -> RestResponse.ResponseBuilder.ok(export)
                        .header("Content-Disposition", "attachment; filename=\"customer-" + id + ".json\"")
                        .build());
    }
}
