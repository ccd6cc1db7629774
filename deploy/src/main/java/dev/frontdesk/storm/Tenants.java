package dev.frontdesk.storm;

import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Entry.Kind;
import java.util.ArrayList;
import java.util.List;

/** I7: what one client was told, another does not find. (Whose the rows are, I1 compares.) */
final class Tenants implements Invariant {
    private static final int SAMPLE = 40;

    @Override
    public String name() {
        return "I7     no row can be seen by another client";
    }

    @Override
    public List<Wrong> broken(Site site) {
        List<Wrong> wrongs = new ArrayList<>();
        look(site, Kind.BOOKING, "/api/bookings/", wrongs);
        look(site, Kind.STAFF_TEXT, "/api/sms/messages/", wrongs);
        return wrongs;
    }

    private static void look(Site site, Kind kind, String path, List<Wrong> wrongs) {
        for (Entry entry :
                site.ledger.all(kind, Answer.OK).stream().limit(SAMPLE).toList()) {
            String stranger = entry.client().equals("acme") ? "default" : "acme";
            int own = site.sender.get(entry.client(), path + entry.told()).status();
            int foreign = site.sender.get(stranger, path + entry.told()).status();
            if (own != 200 || foreign != 404) {
                wrongs.add(Wrong.broken(
                        entry.told(),
                        "200 and 404",
                        own + " and " + foreign,
                        "GET " + path + " as owner and stranger"));
            }
        }
    }
}
