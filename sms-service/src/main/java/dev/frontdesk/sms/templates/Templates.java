package dev.frontdesk.sms.templates;

import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.EntityTags;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What a client says for each purpose: its own words, else ours. */
@ApplicationScoped
public class Templates implements PanacheRepositoryBase<Template, UUID> {

    private final Tenant tenant;
    private final Clients clients;

    Templates(Tenant tenant, Clients clients) {
        this.tenant = tenant;
        this.clients = clients;
    }

    /** The text for a purpose with the values in place, read in the caller's transaction. */
    public Uni<String> text(SqlConnection connection, String clientId, Purpose purpose, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("business_name", clients.get(clientId).name().orElse(clientId));
        return connection
                .preparedQuery("select body from templates where purpose = $1")
                .execute(Tuple.of(purpose.word()))
                .map(rows -> rows.size() == 0
                        ? purpose.standard()
                        : rows.iterator().next().getString(0))
                .map(body -> Purpose.fill(body, all));
    }

    Uni<List<Template>> own() {
        return tenant.transaction(() -> listAll());
    }

    /** The client's own; null where it has none. */
    Uni<Template> own(Purpose purpose) {
        return tenant.transaction(() -> present(purpose));
    }

    Uni<Template> write(Purpose purpose, String body) {
        Template template = Template.of(purpose, body);
        return tenant.transaction(() -> present(purpose)
                .invoke(present -> {
                    if (present != null) {
                        throw new Conflict("This purpose has a template; change it");
                    }
                })
                .chain(() -> persistAndFlush(template)));
    }

    /** Changes the client's words, or gives it its own, starting from ours. */
    Uni<Template> reword(Purpose purpose, String ifMatch, UnaryOperator<String> words) {
        return tenant.transaction(() -> present(purpose)
                .invoke(present -> EntityTags.require(ifMatch, present == null ? 0 : present.version))
                .chain(present -> {
                    if (present == null) {
                        return persist(Template.of(purpose, words.apply(purpose.standard())));
                    }
                    present.reword(words.apply(present.body));
                    return Uni.createFrom().item(present);
                }));
    }

    /** Back to our words. */
    Uni<Void> forget(Purpose purpose) {
        return tenant.transaction(() -> delete("purpose", purpose.word()))
                .invoke(deleted -> {
                    if (deleted == 0) {
                        throw new NotFound("The client has no template of its own for this purpose");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Template> present(Purpose purpose) {
        return find("purpose", purpose.word())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }
}
