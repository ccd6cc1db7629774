package dev.frontdesk.prompts;

import dev.frontdesk.settings.Clients.Client;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The placeholders that a client's settings and its clock fill: the same on the telephone and in a preview. */
public final class Today {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH);

    private Today() {}

    /** Values for {@code business_name, today, time, time_zone, currency}, in a map of the caller's own. */
    public static Map<String, String> facts(Client client, Instant now) {
        ZonedDateTime local = now.atZone(client.timeZone());
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("business_name", client.name().orElse("our business"));
        facts.put("today", DAY.format(local) + " (" + local.toLocalDate() + ")");
        facts.put("time", TIME.format(local));
        facts.put("time_zone", client.timeZone().getId());
        facts.put("currency", client.currency());
        return facts;
    }
}
