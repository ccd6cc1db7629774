package dev.frontdesk.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.webhook.RawRequest;
import dev.frontdesk.webhook.TwilioSignature;
import io.quarkus.security.Authenticated;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;

/** Something to refuse: a resource as the services write them. */
@Path("/")
public class EdgeResource {
    @Inject
    Validator validator;

    /** A thing to create. */
    public record NewThing(
            @NotBlank String customerName,
            @NotNull @Min(1) Integer numberOfLoads,
            BigDecimal paymentAmount,
            Instant scheduledAt) {}

    /** What may be patched of a thing. */
    public record ThingPatch(@NotBlank String customerName, int numberOfLoads) {}

    @POST
    @Path("api/edge/things")
    @Consumes("application/json")
    public Uni<Response> create(@NotNull @Valid NewThing thing) {
        return Uni.createFrom().item(() -> EntityTags.created(URI.create("/api/edge/things/1"), thing, 1));
    }

    @POST
    @Path("api/edge/things/1/cancellation")
    public Uni<String> cancel(@Valid NewThing why) {
        return Uni.createFrom().item(why == null ? "just so" : why.customerName());
    }

    @POST
    @Path("api/edge/trees")
    public Uni<JsonNode> tree(@NotNull JsonNode tree) {
        return Uni.createFrom().item(tree);
    }

    @GET
    @Path("api/edge/things")
    public Uni<Page<String>> list(@Context UriInfo uri, @RestQuery Integer number) {
        ListQuery query = ListQuery.of(uri, ZoneOffset.UTC, "number", "status");
        return Uni.createFrom().item(Page.whole(List.of("limit " + query.limit())));
    }

    @GET
    @Path("api/edge/things/{id}")
    @Produces("application/json")
    public Uni<String> read(UUID id) {
        return Uni.createFrom().item("{}");
    }

    @PATCH
    @Path("api/edge/things/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, "application/json"})
    public Uni<ThingPatch> patch(UUID id, @HeaderParam("If-Match") String ifMatch, @NotNull MergePatch patch) {
        EntityTags.require(ifMatch, 3);
        return Uni.createFrom().item(() -> patch.applyTo(new ThingPatch("Ada", 1), validator));
    }

    @GET
    @Path("api/edge/guarded")
    @Authenticated
    public String guarded() {
        return "in";
    }

    @GET
    @Path("api/edge/failures/xml")
    @Produces("text/xml")
    public Uni<String> xml() {
        return Uni.createFrom().failure(new Conflict("not now"));
    }

    @GET
    @Path("api/edge/failures/{kind}")
    public Uni<String> fail(String kind) {
        return Uni.createFrom().failure(() -> failure(kind));
    }

    @POST
    @Path("webhooks/edge")
    public Uni<Integer> webhook(byte[] body) {
        return Uni.createFrom().item(body.length);
    }

    @POST
    @Path("webhooks/edge/thread")
    public Uni<String> thread(byte[] body) {
        return Uni.createFrom().item(Thread.currentThread().getName());
    }

    @POST
    @Path("webhooks/edge/{client}/signed")
    public Uni<String> signed(String client, @Context HttpServerRequest request, byte[] body) {
        RawRequest raw = RawRequest.of(request, "https://desk.example.com/", body, Instant.EPOCH);
        return Uni.createFrom().item(TwilioSignature.verify(raw, List.of(client)) ? raw.url() : "refused " + raw.url());
    }

    @GET
    @Path("api/edge/things.csv")
    @Produces(Csv.MEDIA_TYPE)
    public Multi<String> csv() {
        return Csv.rows(
                List.of("name", "loads"), Multi.createFrom().range(1, 1_001).map(it -> List.of("=Ada", it)));
    }

    private static Throwable failure(String kind) {
        return switch (kind) {
            case "slot-taken" ->
                new Conflict("The slot is taken").type("slot-taken").with("alternatives", List.of("a", "b"));
            case "too-many" -> new TooManyRequests(Duration.ofSeconds(90));
            case "unauthorized" -> new Unauthorized("The secret is wrong");
            case "refused" -> new IllegalStateException(new ConnectException("localhost/127.0.0.1:5432"));
            case "pool-full" -> new ConnectionPoolTooBusyException("Connection pool reached max wait queue size of 10");
            case "shutdown" -> new PgException("secret", "FATAL", "57P01", null);
            case "read-only" -> new PgException("secret", "ERROR", "25006", null);
            case "timeout" -> new io.vertx.core.impl.NoStackTraceThrowable("Timeout");
            case "anonymous" -> new UnauthorizedException();
            case "role" -> new ForbiddenException();
            default -> new PgException("secret table bookings", "ERROR", "42P01", null);
        };
    }
}
