package dev.frontdesk.customer.privacy;

import dev.frontdesk.customer.privacy.Receipts.Receipt;
import dev.frontdesk.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** A customer's right to be forgotten. */
@Path("/api/customers")
@Cancellable(false)
public class ErasureResource {

    private final ErasureRequests requests;
    private final Receipts receipts;

    ErasureResource(ErasureRequests requests, Receipts receipts) {
        this.requests = requests;
        this.receipts = receipts;
    }

    /** 202: it is under way; asked again, the receipt of the first time. */
    @POST
    @Path("{id}/erasure")
    @Idempotent
    public Uni<RestResponse<Receipt>> erase(UUID id) {
        return requests.erase(id)
                .map(receipt -> RestResponse.ResponseBuilder.<Receipt>create(202)
                        .entity(receipt)
                        .location(URI.create("/api/customers/erasures/" + receipt.id()))
                        .build());
    }

    @GET
    @Path("erasures/{erasureId}")
    public Uni<Receipt> receipt(UUID erasureId) {
        return receipts.get(erasureId);
    }

    @GET
    @Path("{id}/erasures/{erasureId}")
    public Uni<Receipt> receiptOf(UUID id, UUID erasureId) {
        return receipts.get(erasureId);
    }
}
