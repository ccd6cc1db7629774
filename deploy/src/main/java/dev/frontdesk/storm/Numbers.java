package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I4: rollups and counters are what counting the rows gives, in analytics, in the services and for every customer. */
final class Numbers implements Invariant {
    private static final String ROLLUPS = """
            (select 'live' as side, * from (select * from rollups_live except select * from rollups_recounted) as a)
            union all
            (select 'recounted', * from (select * from rollups_recounted except select * from rollups_live) as b)
            """;
    private static final String COUNTERS = """
            select client_id || ' ' || phone as who, total_bookings, total_calls, last_contact, total_spent from %s
            """;
    private static final String FACTS = """
            select client_id, count(*) filter (where counts) as number, coalesce(sum(cost) filter (where counts), 0) as cost
            from facts where kind = ? group by client_id
            """;
    private static final String CONVERSATIONS = """
            select coalesce(c.client_id, m.client_id) || ' ' || coalesce(c.phone_number, m.phone_number) as who,
                   c.message_count, m.number
            from conversations c
                 full join (select client_id, phone_number, count(*)::int as number from sms_messages group by 1, 2) m
                      on m.client_id = c.client_id and m.phone_number = c.phone_number
            where c.message_count is distinct from m.number
            """;

    @Override
    public String name() {
        return "I4     rollups and counters equal what counting the rows gives";
    }

    @Override
    public List<Wrong> broken(Site site) {
        List<Wrong> wrongs = new ArrayList<>();
        var analytics = site.database(Service.ANALYTICS);
        analytics
                .rows(ROLLUPS)
                .forEach(row -> wrongs.add(Wrong.broken(
                        row.get("client_id") + " " + row.get("date") + " " + row.get("what"),
                        "the same live and recounted",
                        row.get("side") + " " + row.get("figures"),
                        "analytics")));
        compare(
                counters(analytics.rows(COUNTERS.formatted(
                        "customer_counters where total_bookings + total_calls > 0" + " or last_contact is not null"))),
                counters(analytics.rows(COUNTERS.formatted("counters_from_facts where total_bookings + total_calls > 0"
                        + " or last_contact is not null"))),
                "analytics.customer_counters against the facts",
                wrongs);
        sums(site, Service.CALL, "calls", "select client_id, count(*) as number, sum(cost) as cost from calls", wrongs);
        sums(
                site,
                Service.BOOKING,
                "bookings",
                "select client_id, count(*) as number, 0.0 as cost from bookings",
                wrongs);
        sums(
                site,
                Service.SMS,
                "texts",
                "select client_id, count(*) as number, sum(cost) as cost from sms_messages",
                wrongs);
        customers(site, wrongs);
        site.database(Service.SMS)
                .rows(CONVERSATIONS)
                .forEach(row -> wrongs.add(Wrong.broken(
                        (String) row.get("who"), row.get("number"), row.get("message_count"), "sms.conversations")));
        return wrongs;
    }

    private static void sums(Site site, Service service, String kind, String sql, List<Wrong> wrongs) {
        compare(
                figures(site.database(service).rows(sql + " group by client_id")),
                figures(site.database(Service.ANALYTICS).rows(FACTS, kind)),
                kind + " of " + service.module() + " against the facts",
                wrongs);
    }

    private static Map<String, Object> figures(List<Map<String, Object>> rows) {
        Map<String, Object> figures = new HashMap<>();
        rows.forEach(row -> figures.put(
                (String) row.get("client_id"),
                row.get("number") + " costing "
                        + ((BigDecimal) row.get("cost")).stripTrailingZeros().toPlainString()));
        return figures;
    }

    private static Map<String, Object> counters(List<Map<String, Object>> rows) {
        Map<String, Object> counters = new HashMap<>();
        for (Map<String, Object> row : rows) {
            String who = (String) row.get("who");
            Map<String, Object> rest = new HashMap<>(row);
            rest.remove("who");
            rest.computeIfPresent("total_spent", (name, spent) -> ((BigDecimal) spent).setScale(2));
            counters.put(who, rest);
        }
        return counters;
    }

    /** A customer shows what analytics counted for the number. */
    private static void customers(Site site, List<Wrong> wrongs) {
        Map<String, Object> counted =
                counters(site.database(Service.ANALYTICS).rows(COUNTERS.formatted("customer_counters")));
        Map<String, Object> shown = counters(site.database(Service.CUSTOMER)
                .rows(COUNTERS.formatted("customers where total_bookings + total_calls > 0")));
        counted.keySet().retainAll(shown.keySet());
        compare(counted, shown, "customer.customers against analytics.customer_counters", wrongs);
    }

    static void compare(Map<String, Object> expected, Map<String, Object> found, String where, List<Wrong> wrongs) {
        Set<String> names = new HashSet<>(expected.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            if (!String.valueOf(expected.get(name)).equals(String.valueOf(found.get(name)))) {
                wrongs.add(Wrong.broken(name, expected.get(name), found.get(name), where));
            }
        }
    }
}
