package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Entry.Kind;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** I1 and I2: what was acknowledged is there once, what was refused is not, what got no answer is there once or not at all. */
final class Present implements Invariant {
    private static final String TEXTS = """
            select id, client_id, phone_number, provider_message_id as sid, message_body as body, direction
            from sms_messages where created_at >= ?
            """;
    private static final String CALLS = """
            select id, client_id, provider_call_id, carrier_call_id, status from calls where created_at >= ?
            """;
    private static final String BOOKINGS = """
            select id, client_id, notes, status, customer_phone from bookings where notes like 'storm %' and created_at >= ?
            """;

    @Override
    public String name() {
        return "I1 I2  what was acknowledged is there exactly once; what was not, at most once";
    }

    @Override
    public List<Wrong> broken(Site site) {
        List<Wrong> wrongs = new ArrayList<>();
        texts(site, wrongs);
        calls(site, wrongs);
        bookings(site, wrongs);
        wrongs.removeIf(Objects::isNull);
        return wrongs;
    }

    private static List<Map<String, Object>> rows(Site site, Service service, String sql) {
        return site.database(service).rows(sql, Timestamp.from(site.ledger.opened()));
    }

    private static void texts(Site site, List<Wrong> wrongs) {
        Map<Object, List<Map<String, Object>>> bySid = new HashMap<>();
        Map<Object, List<Map<String, Object>>> byBody = new HashMap<>();
        for (Map<String, Object> row : rows(site, Service.SMS, TEXTS)) {
            boolean inbound = row.get("direction").equals("inbound");
            Object key = row.get(inbound ? "sid" : "body");
            (inbound ? bySid : byBody)
                    .computeIfAbsent(key, none -> new ArrayList<>())
                    .add(row);
        }
        for (Kind kind : List.of(Kind.TEXT, Kind.STOP)) {
            site.ledger.all(kind).forEach(entry -> compare(entry, bySid.get(entry.id()), "sms.sms_messages", wrongs));
        }
        for (Entry entry : site.ledger.all(Kind.STAFF_TEXT)) {
            compare(entry, byBody.get(entry.id()), "sms.sms_messages", wrongs);
        }
        bySid.keySet().stream()
                .filter(sid -> site.ledger.of((String) sid) == null)
                .forEach(sid ->
                        wrongs.add(Wrong.broken((String) sid, "no row", "a text nobody sent", "sms.sms_messages")));
    }

    private static void calls(Site site, List<Wrong> wrongs) {
        Map<Object, Set<Map<String, Object>>> byId = new HashMap<>();
        for (Map<String, Object> row : rows(site, Service.CALL, CALLS)) {
            for (String column : List.of("provider_call_id", "carrier_call_id")) {
                if (row.get(column) != null) {
                    byId.computeIfAbsent(row.get(column), none -> new HashSet<>())
                            .add(row);
                }
            }
        }
        for (Entry entry : site.ledger.all(Kind.CALL)) {
            Set<Map<String, Object>> found = new HashSet<>(byId.getOrDefault(entry.id(), Set.of()));
            found.addAll(byId.getOrDefault(entry.other(), Set.of()));
            compare(entry, List.copyOf(found), "call.calls", wrongs);
            if (entry.is(Answer.OK) && found.size() == 1) {
                Object status = found.iterator().next().get("status");
                if (!entry.told().equals(status)) {
                    wrongs.add(Wrong.broken(entry.id(), entry.told(), status, "call.calls.status"));
                }
            }
        }
    }

    private static void bookings(Site site, List<Wrong> wrongs) {
        Map<Object, List<Map<String, Object>>> byMark = new HashMap<>();
        Map<String, Object> statuses = new HashMap<>();
        for (Map<String, Object> row : rows(site, Service.BOOKING, BOOKINGS)) {
            byMark.computeIfAbsent(row.get("notes"), none -> new ArrayList<>()).add(row);
            statuses.put(row.get("id").toString(), row.get("status"));
        }
        for (Entry entry : site.ledger.all(Kind.BOOKING)) {
            List<Map<String, Object>> found = byMark.get(entry.id());
            compare(entry, found, "booking.bookings", wrongs);
            if (entry.is(Answer.OK)
                    && found != null
                    && !found.get(0).get("id").toString().equals(entry.told())) {
                wrongs.add(Wrong.broken(entry.id(), entry.told(), found.get(0).get("id"), "booking.bookings.id"));
            }
        }
        for (Entry entry : site.ledger.all(Kind.CHANGE, Answer.OK)) {
            String[] change = entry.other().split(" ");
            if (!change[1].equals(statuses.get(change[0]))) {
                wrongs.add(Wrong.broken(change[0], change[1], statuses.get(change[0]), "booking.bookings.status"));
            }
        }
    }

    private static void compare(Entry entry, List<Map<String, Object>> rows, String where, List<Wrong> wrongs) {
        int found = rows == null ? 0 : rows.size();
        if (entry.is(Answer.REJECTED)) {
            if (found > 0) {
                wrongs.add(Wrong.broken(entry.id(), "no row: it was refused", found + " rows", where));
            }
            return;
        }
        wrongs.add(Wrong.count(entry.id(), entry.is(Answer.OK) ? 1 : 0, found, where));
        if (found > 0 && !rows.get(0).get("client_id").equals(entry.client())) {
            wrongs.add(Wrong.broken(
                    entry.id(), "client " + entry.client(), rows.get(0).get("client_id"), where));
        }
    }
}
