package dev.frontdesk.customer.faqs;

import dev.frontdesk.events.FaqEvent;
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
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What can be done with FAQs. Each method is one transaction; state and event commit together. */
@ApplicationScoped
public class Faqs implements PanacheRepositoryBase<Faq, UUID> {

    private final Tenant tenant;
    private final Outbox outbox;
    private final Clock clock;

    Faqs(Tenant tenant, Outbox outbox, Clock clock) {
        this.tenant = tenant;
        this.outbox = outbox;
        this.clock = clock;
    }

    Uni<Faq> get(UUID id) {
        return tenant.transaction(() -> present(findById(id)));
    }

    /** In the order people gave them, one more than the limit; the cursor's time is the place as seconds. */
    Uni<List<Faq>> list(Optional<String> category, Optional<Boolean> active, Optional<Cursor> cursor, int limit) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        Parameters values = new Parameters();
        category.ifPresent(it -> {
            conditions.add("category = :category");
            values.and("category", it);
        });
        active.ifPresent(it -> {
            conditions.add("active = :active");
            values.and("active", it);
        });
        cursor.ifPresent(it -> {
            conditions.add("(displayOrder > :place or (displayOrder = :place and id > :id))");
            values.and("place", (int) it.at().getEpochSecond()).and("id", it.id());
        });
        return tenant.transaction(() -> find(String.join(" and ", conditions) + " order by displayOrder, id", values)
                .range(0, limit)
                .list());
    }

    static Cursor cursor(Faq faq) {
        return new Cursor(Instant.ofEpochSecond(faq.displayOrder()), faq.id());
    }

    /** The categories in use, with how many FAQs each has. */
    Uni<List<Category>> categories() {
        return tenant.transaction(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select category, count(*), count(*) filter (where is_active) from faqs group by category order by category",
                                Object[].class)
                        .getResultList()
                        .map(rows -> rows.stream()
                                .map(row -> new Category((String) row[0], (Long) row[1], (Long) row[2]))
                                .toList())));
    }

    /** A category and how many FAQs it has. */
    public record Category(String category, long faqs, long active) {
        Cursor cursor() {
            return Cursor.of(UUID.nameUUIDFromBytes(category.getBytes(StandardCharsets.UTF_8)));
        }
    }

    Uni<Faq> create(Faq.Text text) {
        Instant now = now();
        Faq faq = new Faq(UUID.randomUUID(), text, now);
        return tenant.transaction(() -> persist(faq).call(it -> outbox.append(it.created(now))));
    }

    Uni<Faq> edit(UUID id, String ifMatch, UnaryOperator<Faq.Text> edit) {
        return change(id, ifMatch, (faq, now) -> faq.edit(edit.apply(faq.text()), now));
    }

    /** Puts them in the order given, from 1; those not named keep their place. */
    Uni<Void> order(List<UUID> ids) {
        return tenant.transaction(() -> place(ids)
                .invoke(placed -> {
                    if (placed.size() < Set.copyOf(ids).size()) {
                        throw new NotFound("No FAQ has one of these ids");
                    }
                })
                .map(placed -> placed.stream().map(faq -> faq.changed(now())).toList())
                .chain(events -> outbox.append(events)));
    }

    /** Two orders at once wait for one another: both lock in the order of the ids. */
    private static Uni<List<Faq>> place(List<UUID> ids) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                        with given as (
                            select id, cast(max(place) as int) as place
                            from unnest(cast(string_to_array(?1, ',') as uuid[])) with ordinality as given (id, place) group by id
                        ), locked as (
                            select id, place from faqs join given using (id) order by id for update of faqs
                        )
                        update faqs set display_order = place, version = version + 1 from locked where faqs.id = locked.id
                        returning faqs.id, client_id, version, category, question, answer, keywords, is_active, display_order,
                                  usage_count, created_at, updated_at
                        """, Faq.class)
                        .setParameter(1, ids.stream().map(UUID::toString).collect(Collectors.joining(",")))
                        .getResultList());
    }

    Uni<Void> delete(UUID id, String ifMatch) {
        return tenant.transaction(() -> lock(id, ifMatch)
                .call(faq -> outbox.append(faq.delete(now())))
                .call(this::delete)
                .replaceWithVoid());
    }

    private Uni<Faq> change(UUID id, String ifMatch, BiFunction<Faq, Instant, FaqEvent> change) {
        return tenant.transaction(() -> lock(id, ifMatch)
                .call(faq -> outbox.append(change.apply(faq, now())))
                .call(faq ->
                        Panache.getSession().chain(session -> session.flush().chain(() -> session.refresh(faq)))));
    }

    private Uni<Faq> lock(UUID id, String ifMatch) {
        return present(findById(id, LockModeType.PESSIMISTIC_WRITE))
                .invoke(faq -> EntityTags.require(ifMatch, faq.version()));
    }

    private static Uni<Faq> present(Uni<Faq> found) {
        return found.onItem().ifNull().failWith(() -> new NotFound("No FAQ has this id"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
