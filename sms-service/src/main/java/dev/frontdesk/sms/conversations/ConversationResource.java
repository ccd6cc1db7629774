package dev.frontdesk.sms.conversations;

import dev.frontdesk.http.Csv;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.Page;
import dev.frontdesk.idempotency.Idempotent;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.sms.conversations.Conversations.Conversation;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Conversations by text: who wrote, what was said, whether a person is needed. */
@Path("/api/sms/conversations")
@Cancellable(false)
public class ConversationResource {

    private static final List<String> CSV_HEADER =
            List.of("phone_number", "message_count", "last_message_at", "unread", "state", "conversation");

    private final Conversations conversations;
    private final Clients clients;
    private final Tenant tenant;

    ConversationResource(Conversations conversations, Clients clients, Tenant tenant) {
        this.conversations = conversations;
        this.clients = clients;
        this.tenant = tenant;
    }

    public record ConversationView(
            String phoneNumber,
            int messageCount,
            Instant lastMessageAt,
            String conversation,
            int unread,
            String state) {
        static ConversationView of(Conversation it) {
            return new ConversationView(
                    it.phoneNumber(),
                    it.messageCount(),
                    it.lastMessageAt(),
                    it.conversation(),
                    it.unread(),
                    it.state());
        }
    }

    @GET
    public Uni<Page<ConversationView>> list(@Context UriInfo uri) {
        return conversations.list(query(uri)).map(page -> page.map(ConversationView::of));
    }

    /** One page of the list for a spreadsheet. */
    @GET
    @Path("export")
    @Produces(Csv.MEDIA_TYPE)
    public Multi<String> export(@Context UriInfo uri) {
        Multi<Conversation> page = conversations
                .list(query(uri))
                .onItem()
                .transformToMulti(it -> Multi.createFrom().iterable(it.items()));
        return Csv.rows(
                CSV_HEADER,
                page.map(it -> List.<Object>of(
                        it.phoneNumber(),
                        it.messageCount(),
                        it.lastMessageAt(),
                        it.unread(),
                        it.state(),
                        it.conversation())));
    }

    @GET
    @Path("{phone}")
    public Uni<ConversationView> get(@PathParam("phone") String phone) {
        return conversations.get(phone).map(ConversationView::of);
    }

    @POST
    @Path("{phone}/closure")
    @Idempotent(Idempotent.Work.SQL)
    public Uni<RestResponse<ConversationView>> close(@PathParam("phone") String phone) {
        return conversations.close(phone).map(ConversationView::of).map(RestResponse::ok);
    }

    @POST
    @Path("{phone}/opening")
    @Idempotent(Idempotent.Work.SQL)
    public Uni<RestResponse<ConversationView>> open(@PathParam("phone") String phone) {
        return conversations.open(phone).map(ConversationView::of).map(RestResponse::ok);
    }

    @POST
    @Path("{phone}/reading")
    @Idempotent(Idempotent.Work.SQL)
    public Uni<RestResponse<ConversationView>> read(@PathParam("phone") String phone) {
        return conversations.read(phone).map(ConversationView::of).map(RestResponse::ok);
    }

    private ListQuery query(UriInfo uri) {
        return ListQuery.of(uri, clients.get(tenant.id()).timeZone(), "phone", "state", "unread", "q");
    }
}
