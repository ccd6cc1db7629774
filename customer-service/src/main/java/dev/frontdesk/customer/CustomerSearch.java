package dev.frontdesk.customer;

import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Finds customers by what a list asks for, newest first. Words that many have are found among the newest; only if those do
 * not make a page are they looked for in an index of three-letter pieces, which finds all that have them before the first.
 */
@ApplicationScoped
class CustomerSearch {

    private static final int NEWEST = 1_000;
    private static final int FEW = 2_000;
    /** Of the newest. */
    private static final int MANY = 50;

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
        int page = filter.limit() + 1;
        if (filter.words().isEmpty()) {
            return tenant.transaction(
                    () -> Panache.getSession().chain(session -> rows(session, "customers " + where, values, page)));
        }
        return tenant.transaction(() -> Panache.getSession()
                .chain(session -> rows(session, newest(filter) + where, with(values, "newest", NEWEST), page)
                        .chain(found -> found.size() == page
                                ? Uni.createFrom().item(found)
                                : indexed(session, filter, where, values))));
    }

    /** Few are sorted when all are found; of many, the newest are looked for in their order. */
    private static Uni<List<Customer>> indexed(
            Mutiny.Session session, CustomerFilter filter, String where, Map<String, Object> values) {
        int page = filter.limit() + 1;
        return narrow(session, filter)
                .chain(() -> newestOfFew(session, where, values, page))
                .chain(few -> few.isPresent()
                        ? rows(
                                session,
                                "customers where id = any (cast(cast(:ids as text) as uuid[]))",
                                Map.of("ids", few.get()),
                                page)
                        : rows(session, "customers " + where, values, page));
    }

    /** The newest from the cursor on, searched one by one. */
    private static String newest(CustomerFilter filter) {
        return "(select * from customers where merged_into is null %s order by created_at desc, id desc limit :newest) newest "
                .formatted(filter.cursor() == null ? "" : "and (created_at, id) < (:at, :id)");
    }

    private static Map<String, Object> with(Map<String, Object> values, String name, Object value) {
        Map<String, Object> more = new HashMap<>(values);
        more.put(name, value);
        return more;
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

    /**
     * Row level security lets an index serve only its own conditions, so the search is one of them (V6, V12): the word that the
     * fewest of the newest have, and two more unless many have them, for an index reads all who have a word.
     */
    private static Uni<Void> narrow(Mutiny.Session session, CustomerFilter filter) {
        return session.createNativeQuery("""
                        with newest as materialized (
                            select search from customers where merged_into is null order by created_at desc, id desc limit :newest
                        ), word as (
                            select pattern, row_number() over (order by hits, length(pattern) desc) as place, hits
                            from string_to_table(:patterns, E'\\n') as given (pattern)
                                cross join lateral (select count(*) as hits from newest where search like pattern) as seen
                        ), rarest as (
                            select array_agg(pattern order by place) as patterns
                            from word where place = 1 or place <= 3 and hits <= :many
                        )
                        select set_config('app.search', patterns[1], true)
                            || set_config('app.search_2', coalesce(patterns[2], ''), true)
                            || set_config('app.search_3', coalesce(patterns[3], ''), true)
                        from rarest
                        """, String.class)
                .setParameter("newest", NEWEST)
                .setParameter("many", MANY)
                .setParameter(
                        "patterns",
                        filter.words().stream().map(CustomerFilter::pattern).collect(Collectors.joining("\n")))
                .getSingleResult()
                .replaceWithVoid();
    }

    /** A page's ids as an array literal, or nothing if more than a few match. */
    private static Uni<Optional<String>> newestOfFew(
            Mutiny.Session session, String where, Map<String, Object> values, int page) {
        Mutiny.SelectionQuery<String> query = session.createNativeQuery("""
                select case when count(*) <= cast(:few as int) then
                           cast(cast((array_agg(id order by created_at desc, id desc))[1 : cast(:page as int)] as uuid[]) as text) end
                from (select id, created_at from customers %s limit cast(:few as int) + 1) found
                """.formatted(where), String.class);
        values.forEach(query::setParameter);
        return query.setParameter("few", FEW)
                .setParameter("page", page)
                .getSingleResultOrNull()
                .map(Optional::ofNullable);
    }

    private static Uni<List<Customer>> rows(
            Mutiny.Session session, String from, Map<String, Object> values, int limit) {
        Mutiny.SelectionQuery<Customer> query = session.createNativeQuery(
                "select %s from %s order by created_at desc, id desc limit :limit".formatted(MAPPED, from),
                Customer.class);
        values.forEach(query::setParameter);
        return query.setParameter("limit", limit).getResultList();
    }
}
