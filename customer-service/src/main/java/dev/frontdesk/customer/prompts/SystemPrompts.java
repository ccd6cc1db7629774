package dev.frontdesk.customer.prompts;

import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.EntityTags;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What can be done with prompts. Each method is one transaction; state and event commit together. Changes to the prompts of
 * one type wait for one another.
 */
@ApplicationScoped
public class SystemPrompts implements PanacheRepositoryBase<SystemPrompt, UUID> {

    private final Tenant tenant;
    private final Outbox outbox;
    private final Clock clock;

    SystemPrompts(Tenant tenant, Outbox outbox, Clock clock) {
        this.tenant = tenant;
        this.outbox = outbox;
        this.clock = clock;
    }

    Uni<SystemPrompt> get(UUID id) {
        return tenant.transaction(
                () -> findById(id).onItem().ifNull().failWith(() -> new NotFound("No prompt has this id")));
    }

    /** Newest first, one more than the limit. */
    Uni<List<SystemPrompt>> list(Optional<String> type, Optional<Boolean> active, Optional<Cursor> cursor, int limit) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        Parameters values = new Parameters();
        type.ifPresent(it -> {
            conditions.add("promptType = :type");
            values.and("type", it);
        });
        active.ifPresent(it -> {
            conditions.add("active = :active");
            values.and("active", it);
        });
        cursor.ifPresent(it -> {
            conditions.add("(createdAt < :at or (createdAt = :at and id < :id))");
            values.and("at", it.at()).and("id", it.id());
        });
        String newestFirst = " order by createdAt desc, id desc";
        return tenant.transaction(() -> find(String.join(" and ", conditions) + newestFirst, values)
                .range(0, limit)
                .list());
    }

    /** The next version of its type, not active yet. */
    Uni<SystemPrompt> write(String type, String text) {
        return tenant.transaction(() -> lock(type).chain(() -> next(type, text)));
    }

    /** The one of its type from now on; it already being that changes nothing. */
    Uni<SystemPrompt> activate(UUID id, String ifMatch, String by) {
        return tenant.transaction(() -> locked(id, ifMatch)
                .call(prompt -> prompt.active() ? Uni.createFrom().voidItem() : activate(prompt, by)));
    }

    /** An older version's text as a new version, active at once. */
    Uni<SystemPrompt> rollBack(UUID id, String ifMatch, String by) {
        return tenant.transaction(() -> locked(id, ifMatch)
                .chain(old -> next(old.promptType(), old.systemPrompt()))
                .call(prompt -> activate(prompt, by)));
    }

    /** As it is once nobody else changes the prompts of its type. */
    private Uni<SystemPrompt> locked(UUID id, String ifMatch) {
        return get(id).call(prompt -> lock(prompt.promptType()))
                .call(prompt -> Panache.getSession().chain(session -> session.refresh(prompt)))
                .invoke(prompt -> EntityTags.require(ifMatch, prompt.version()));
    }

    private Uni<SystemPrompt> next(String type, String text) {
        return last(type)
                .map(last -> last == null
                        ? PromptVersion.FIRST
                        : PromptVersion.parse(last.promptVersion()).next(last.systemPrompt(), text))
                .chain(number -> persistAndFlush(new SystemPrompt(UUID.randomUUID(), type, text, number, now())));
    }

    /** The one with the highest number; what has none comes before all that have. */
    private static Uni<SystemPrompt> last(String type) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                        select id, client_id, version, prompt_type, system_prompt, prompt_version, is_active, created_at, updated_at
                        from system_prompts where prompt_type = ?1
                        order by cast(string_to_array(
                            substring(prompt_version from '^v([0-9]{1,6}[.][0-9]{1,6}[.][0-9]{1,6})$'), '.') as int[]) desc nulls last
                        limit 1
                        """, SystemPrompt.class)
                        .setParameter(1, type)
                        .getSingleResultOrNull());
    }

    private Uni<Void> activate(SystemPrompt prompt, String by) {
        Instant now = now();
        return find("promptType = ?1 and active", prompt.promptType())
                .list()
                .invoke(active -> active.forEach(it -> it.giveWay(now)))
                // One active per type, at any time: the old one first.
                .chain(() -> flush())
                .chain(() -> nextActivation(prompt, by, now))
                .map(activation -> prompt.activate(tenant.id(), activation, now))
                .chain(outbox::append)
                .chain(() -> Panache.getSession().chain(session -> session.refresh(prompt)));
    }

    private static Uni<Long> nextActivation(SystemPrompt prompt, String by, Instant now) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                        insert into prompt_activations (prompt_type, version, prompt_id, activated_at, activated_by)
                        select ?1, coalesce(max(version), 0) + 1, ?2, ?3, ?4 from prompt_activations where prompt_type = ?1
                        returning version
                        """, Long.class)
                        .setParameter(1, prompt.promptType())
                        .setParameter(2, prompt.id())
                        .setParameter(3, now)
                        .setParameter(4, by)
                        .getSingleResult());
    }

    private Uni<Void> lock(String type) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select cast(pg_advisory_xact_lock(hashtextextended(?1, 8)) as text)", String.class)
                        .setParameter(1, tenant.id() + " " + type)
                        .getSingleResultOrNull())
                .replaceWithVoid();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
