package dev.frontdesk.customer;

import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Finds customers by what a list asks for, newest first. Words are looked for in an index of three-letter pieces; when too
 * many customers have them, going through the newest finds a page sooner.
 */
@ApplicationScoped
class CustomerSearch {

    private static final int FEW = 2_000;

    /** Hibernate Reactive fails on a native query that answers columns the entity does not map. */
    private static final String MAPPED = """
            id, created_at, updated_at, client_id, version, name, name_source, phone, email, total_bookings, total_calls,
            last_contact, total_spent, notes, tags, address, merged_into, erased_at
            """;

    private final Tenant tenant;

    CustomerSearch(Tenant tenant) {
        this.tenant = tenant;
    }

    /** The page's rows and one more. */
    Uni<List<Customer>> find(CustomerFilter filter) {
        Map<String, Object> values = new HashMap<>();
        String where = "where " + String.join(" and ", conditions(filter, values));
        return tenant.transaction(() -> Panache.getSession()
                .call(session -> narrow(session, filter))
                .chain(session -> isFew(session, filter, where, values)
                        .chain(few -> rows(session, few, where, values, filter.limit() + 1))));
    }

    private static List<String> conditions(CustomerFilter filter, Map<String, Object> values) {
        List<String> conditions = new ArrayList<>(List.of("merged_into is null"));
        if (filter.phone() != null) {
            conditions.add("id in (select coalesce(merged_into, id) from customers where phone = :phone)");
            values.put("phone", filter.phone());
        }
        if (filter.tag() != null) {
            conditions.add(":tag = any (tags)");
            values.put("tag", filter.tag());
        }
        if (filter.from() != null) {
            conditions.add("created_at >= :from");
            values.put("from", filter.from());
        }
        if (filter.before() != null) {
            conditions.add("created_at < :before");
            values.put("before", filter.before());
        }
        for (int i = 0; i < filter.words().size(); i++) {
            conditions.add("search like :word" + i);
            values.put("word" + i, CustomerFilter.pattern(filter.words().get(i)));
        }
        if (filter.cursor() != null) {
            conditions.add("(created_at, id) < (:at, :id)");
            values.put("at", filter.cursor().at());
            values.put("id", filter.cursor().id());
        }
        return conditions;
    }

    /** Row level security lets an index serve only its own conditions, so the search is one of them: see V6, V12. */
    private static Uni<Void> narrow(Mutiny.Session session, CustomerFilter filter) {
        List<String> rarest = filter.rarest();
        if (rarest.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return session.createNativeQuery("""
                        select set_config('app.search', ?1, true) || set_config('app.search_2', ?2, true)
                            || set_config('app.search_3', ?3, true)
                        """, String.class)
                .setParameter(1, CustomerFilter.pattern(rarest.get(0)))
                .setParameter(2, CustomerFilter.pattern(rarest.get(1 % rarest.size())))
                .setParameter(3, CustomerFilter.pattern(rarest.get(2 % rarest.size())))
                .getSingleResult()
                .replaceWithVoid();
    }

    private static Uni<Boolean> isFew(
            Mutiny.Session session, CustomerFilter filter, String where, Map<String, Object> values) {
        if (filter.words().isEmpty()) {
            return Uni.createFrom().item(false);
        }
        Mutiny.SelectionQuery<Long> count = session.createNativeQuery(
                "select count(*) from (select from customers %s limit :few) few".formatted(where), Long.class);
        values.forEach(count::setParameter);
        return count.setParameter("few", FEW + 1).getSingleResult().map(found -> found <= FEW);
    }

    private static Uni<List<Customer>> rows(
            Mutiny.Session session, boolean few, String where, Map<String, Object> values, int limit) {
        String from = few ? "(select * from customers %s offset 0) few".formatted(where) : "customers " + where;
        Mutiny.SelectionQuery<Customer> query = session.createNativeQuery(
                "select %s from %s order by created_at desc, id desc limit :limit".formatted(MAPPED, from),
                Customer.class);
        values.forEach(query::setParameter);
        return query.setParameter("limit", limit).getResultList();
    }
}
