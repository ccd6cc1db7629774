package dev.frontdesk.sms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.http.Csv;
import dev.frontdesk.http.EntityTags;
import dev.frontdesk.http.Json;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.Page;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.idempotency.Idempotent;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.sms.outbound.Limits;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Texts, as staff read and write them. */
@Path("/api/sms/messages")
@Cancellable(false)
public class SmsMessageResource {

    private static final List<String> CSV_HEADER = List.of(
            "id",
            "created_at",
            "phone_number",
            "direction",
            "message_body",
            "status",
            "purpose",
            "booking_id",
            "cost",
            "segments",
            "error_code",
            "provider_message_id",
            "provider_status");

    private final SmsMessages messages;
    private final Limits limits;
    private final Clients clients;
    private final Tenant tenant;

    SmsMessageResource(SmsMessages messages, Limits limits, Clients clients, Tenant tenant) {
        this.messages = messages;
        this.limits = limits;
        this.clients = clients;
        this.tenant = tenant;
    }

    /** A text to a customer; the provider takes 1,600 characters at the most. */
    public record NewMessage(
            @NotBlank String phoneNumber,
            @NotBlank @Size(max = 1600) String messageBody,
            UUID bookingId) {}

    /** The seed's columns and what the provider says; {@code reason} is the error in words, {@code due_at} when a text may go. */
    public record MessageView(
            UUID id,
            Instant createdAt,
            Instant updatedAt,
            String phoneNumber,
            String direction,
            String messageBody,
            String status,
            UUID bookingId,
            BigDecimal cost,
            String clientId,
            long version,
            String provider,
            String providerMessageId,
            String providerStatus,
            Integer segments,
            String errorCode,
            String reason,
            Instant dueAt,
            String purpose,
            JsonNode media) {

        static MessageView of(SmsMessage it) {
            return new MessageView(
                    it.id,
                    it.createdAt,
                    it.updatedAt == null ? it.createdAt : it.updatedAt,
                    it.phoneNumber,
                    it.direction,
                    it.messageBody,
                    it.status,
                    it.bookingId,
                    it.cost,
                    it.clientId,
                    it.version,
                    it.provider,
                    it.providerMessageId,
                    it.providerStatus,
                    it.segments,
                    it.errorCode,
                    Reasons.of(it.errorCode),
                    "waiting".equals(it.handover) ? it.dueAt : null,
                    it.purpose,
                    it.media == null ? null : links(it.id, tree(it.media)));
        }

        /** Where staff get the pictures; the provider's links stay here. */
        private static JsonNode links(UUID id, JsonNode media) {
            for (int i = 0; i < media.size(); i++) {
                ((ObjectNode) media.get(i)).put("url", "/api/sms/messages/%s/media/%d".formatted(id, i));
            }
            return media;
        }

        static JsonNode tree(String json) {
            try {
                return Json.mapper().readTree(json == null ? "[]" : json);
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    @POST
    @Idempotent
    public Uni<RestResponse<MessageView>> write(@NotNull @Valid NewMessage message) {
        String phone = Phones.parse(
                        message.phoneNumber(), clients.get(tenant.id()).region())
                .orElseThrow(() -> Unprocessable.field("phone_number", "is not a phone number"));
        if (!limits.mayText(phone)) {
            throw Unprocessable.field("phone_number", "is in a country this client does not text");
        }
        String body = message.messageBody().replace("\0", "");
        if (body.isBlank()) {
            throw Unprocessable.field("message_body", "is blank");
        }
        String clientId = tenant.id();
        return messages.write(phone, body, message.bookingId()).map(it -> {
            it.clientId = clientId;
            return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, MessageView.of(it))
                    .location(URI.create("/api/sms/messages/" + it.id))
                    .header("ETag", EntityTags.of(it.version))
                    .build();
        });
    }

    @GET
    @Path("{id}")
    public Uni<RestResponse<MessageView>> get(UUID id) {
        return messages.get(id)
                .map(it -> RestResponse.ResponseBuilder.ok(MessageView.of(it))
                        .header("ETag", EntityTags.of(it.version))
                        .build());
    }

    @GET
    public Uni<Page<MessageView>> list(@Context UriInfo uri) {
        return messages.list(query(uri)).map(page -> page.map(MessageView::of));
    }

    /** The same list, whole, for a spreadsheet. */
    @GET
    @Path("export")
    @Produces(Csv.MEDIA_TYPE)
    public Multi<String> export(@Context UriInfo uri) {
        return Csv.rows(CSV_HEADER, messages.export(query(uri)).map(SmsMessageResource::cells));
    }

    private ListQuery query(UriInfo uri) {
        return ListQuery.of(uri, clients.get(tenant.id()).timeZone(), SmsMessages.FILTERS);
    }

    private static List<Object> cells(SmsMessage it) {
        return Stream.<Object>of(
                        it.id,
                        it.createdAt,
                        it.phoneNumber,
                        it.direction,
                        it.messageBody,
                        it.status,
                        it.purpose == null ? "" : it.purpose,
                        it.bookingId == null ? "" : it.bookingId,
                        it.cost,
                        it.segments == null ? "" : it.segments,
                        it.errorCode == null ? "" : it.errorCode,
                        it.providerMessageId == null ? "" : it.providerMessageId,
                        it.providerStatus == null ? "" : it.providerStatus)
                .toList();
    }
}
