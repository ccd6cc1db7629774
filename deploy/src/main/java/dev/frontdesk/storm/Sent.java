package dev.frontdesk.storm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.local.Service;
import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Entry.Kind;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** I6, and at the carrier: no text to who said stop, none twice, none without a row, none in doubt; sent means the carrier has it. */
final class Sent implements Invariant {
    private static final String ROWS = """
            select id::text, client_id, phone_number, message_body as body, status, provider_message_id as sid,
                   handover in ('posting', 'uncertain') and claimed_at < now() - interval '2 minutes' as in_doubt
            from sms_messages where direction = 'outbound' and created_at >= ?
            """;

    @Override
    public String name() {
        return "I6     no text to who said stop; none sent twice; what is shown as sent, the carrier has";
    }

    @Override
    public List<Wrong> broken(Site site) {
        List<Wrong> wrongs = new ArrayList<>();
        Map<String, Map<String, Object>> bySid = new HashMap<>();
        Map<String, Integer> written = new HashMap<>();
        for (Map<String, Object> row : site.database(Service.SMS).rows(ROWS, Timestamp.from(site.ledger.opened()))) {
            bySid.put((String) row.get("sid"), row);
            if (Boolean.TRUE.equals(row.get("in_doubt"))) {
                wrongs.add(Wrong.broken((String) row.get("id"), "sent or failed", "in doubt", "sms.sms_messages"));
            }
            written.merge(row.get("phone_number") + " " + row.get("body"), 1, Integer::sum);
        }
        Map<String, Integer> accepted = new HashMap<>();
        for (Business business : site.businesses.values()) {
            Map<String, Instant> stopped = stopped(site, business);
            for (JsonNode text : business.carrier.texts()) {
                if (Instant.parse(text.path("created_at").asText()).isBefore(site.ledger.opened())) {
                    continue;
                }
                String sid = text.path("sid").asText();
                String to = text.path("to").asText();
                String what = to + " " + text.path("body").asText();
                Map<String, Object> row = bySid.remove(sid);
                int times = accepted.merge(what, 1, Integer::sum);
                if (times > written.getOrDefault(what, 0)) {
                    wrongs.add(new Wrong(Wrong.Sort.DOUBLED, what, "sent once", times + " times", "the carrier"));
                } else if (row == null) {
                    wrongs.add(Wrong.broken(sid, "a row with this sid", "none", "sms.sms_messages"));
                }
                Instant stop = stopped.get(to);
                if (stop != null
                        && Instant.parse(text.path("created_at").asText()).isAfter(stop)) {
                    wrongs.add(Wrong.broken(what, "nothing after " + stop, text.path("created_at"), "the carrier"));
                }
            }
        }
        bySid.values().stream()
                .filter(row -> row.get("sid") != null)
                .forEach(row -> wrongs.add(Wrong.broken((String) row.get("id"), "sent", "unknown", "the carrier")));
        return wrongs;
    }

    /** Who has been told that their STOP was heard, and when. */
    private static Map<String, Instant> stopped(Site site, Business business) {
        Map<String, Instant> stopped = new HashMap<>();
        site.ledger.all(Kind.STOP, Answer.OK).stream()
                .filter(entry -> entry.client().equals(business.client))
                .forEach(entry -> stopped.put(entry.phone(), entry.answered()));
        return stopped;
    }
}
