package dev.frontdesk.sms.optout;

import dev.frontdesk.http.Csv;
import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.http.Page;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.idempotency.Idempotent;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.security.Caller;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.sms.optout.OptOuts.Entry;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * The opt-out ledger, as staff read and keep it.
 *
 * <p>Two words mean two things. CANCEL is a stop word to Twilio and a wish about a booking to a customer: from a number with an
 * open booking it changes nothing and we ask (X and the reference, or STOP); from any other it opts out; where Twilio marks it
 * ({@code OptOutType}) it always does. YES re-opens a number that opted out and confirms a booking for any other. To keep
 * customers from being blocked by CANCEL, take it off the keywords at Twilio (Advanced Opt-Out).
 */
@Path("/api/sms/opt-outs")
@Cancellable(false)
public class OptOutResource {

    private static final List<String> CSV_HEADER =
            List.of("created_at", "phone_number", "state", "source", "proof", "message_id");

    private final OptOuts optOuts;
    private final Clients clients;
    private final Tenant tenant;

    OptOutResource(OptOuts optOuts, Clients clients, Tenant tenant) {
        this.optOuts = optOuts;
        this.clients = clients;
        this.tenant = tenant;
    }

    /** A person who told staff to stop; {@code proof} says when and how. */
    public record NewOptOut(
            @NotBlank String phoneNumber, @Size(max = 500) String proof) {}

    public record OptOutView(
            String phoneNumber, String state, String source, String proof, Instant createdAt, String clientId) {
        static OptOutView of(Entry it, String clientId) {
            return new OptOutView(it.phoneNumber(), it.state(), it.source(), it.proof(), it.createdAt(), clientId);
        }
    }

    @GET
    public Uni<Page<OptOutView>> list(@Context UriInfo uri) {
        String clientId = tenant.id();
        ListQuery query = ListQuery.of(uri, clients.get(clientId).timeZone(), "phone", "phone_number");
        Optional<Cursor> cursor = query.cursor();
        String phone = query.text("phone_number")
                .or(() -> query.text("phone"))
                .map(text -> parse(text).orElse(text.trim()))
                .orElse(null);
        return optOuts.out(
                        phone,
                        cursor.map(Cursor::at).orElse(null),
                        cursor.map(Cursor::id).orElse(null),
                        query.limit() + 1)
                .map(rows -> Page.of(rows, query.limit(), it -> new Cursor(it.createdAt(), it.id()))
                        .map(it -> OptOutView.of(it, clientId)));
    }

    /** Every entry there ever was, oldest first: what a regulator asks for. */
    @GET
    @Path("export")
    @Produces(Csv.MEDIA_TYPE)
    public Multi<String> export() {
        return Csv.rows(
                CSV_HEADER,
                optOuts.ledger()
                        .onItem()
                        .transformToMulti(entries -> Multi.createFrom().iterable(entries))
                        .map(it -> Stream.<Object>of(
                                        it.createdAt(),
                                        it.phoneNumber(),
                                        it.state(),
                                        it.source(),
                                        it.proof() == null ? "" : it.proof(),
                                        it.messageId() == null ? "" : it.messageId())
                                .toList()));
    }

    @GET
    @Path("{phone_number}")
    public Uni<OptOutView> get(@PathParam("phone_number") String phoneNumber) {
        String clientId = tenant.id();
        return optOuts.out(parse(phoneNumber).orElse(phoneNumber), null, null, 1)
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(it -> OptOutView.of(it, clientId))
                        .orElseThrow(OptOutResource::unknown));
    }

    @POST
    @Idempotent(Idempotent.Work.SQL)
    public Uni<RestResponse<OptOutView>> enter(@NotNull @Valid NewOptOut asked) {
        String phone = parse(asked.phoneNumber())
                .orElseThrow(() -> Unprocessable.field("phone_number", "is not a phone number"));
        String clientId = tenant.id();
        return optOuts.enter(phone, "opted-out", "staff", proof(asked.proof()))
                .map(it -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, OptOutView.of(it, clientId))
                        .location(URI.create("/api/sms/opt-outs/" + URLEncoder.encode(phone, StandardCharsets.UTF_8)))
                        .build());
    }

    /** The person wants texts again and staff can prove it. */
    @DELETE
    @Path("{phone_number}")
    public Uni<RestResponse<Void>> remove(
            @PathParam("phone_number") String phoneNumber, @QueryParam("proof") String proof) {
        String phone = parse(phoneNumber).orElse(phoneNumber);
        return optOuts.out(phone, null, null, 1)
                .invoke(rows -> {
                    if (rows.isEmpty()) {
                        throw unknown();
                    }
                })
                .chain(() -> optOuts.enter(phone, "opted-in", "staff", proof(proof)))
                .map(entry -> RestResponse.noContent());
    }

    @DELETE
    public Uni<RestResponse<Void>> removeByQuery(
            @QueryParam("phone_number") String phoneNumber, @QueryParam("proof") String proof) {
        if (phoneNumber == null || phoneNumber.isBlank()) {
            throw Unprocessable.field("phone_number", "is missing");
        }
        return remove(phoneNumber, proof);
    }

    private Optional<String> parse(String phone) {
        return Phones.parse(phone, clients.get(tenant.id()).region());
    }

    private static String proof(String given) {
        String by = "by " + Caller.current().name();
        return given == null || given.isBlank() ? by : given + " (" + by + ")";
    }

    private static NotFound unknown() {
        return new NotFound("This number has not opted out");
    }
}
