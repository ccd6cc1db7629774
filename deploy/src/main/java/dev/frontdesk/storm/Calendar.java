package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import java.util.List;

/** I5: nobody stands before a van that has left with somebody else. */
final class Calendar implements Invariant {
    private static final String OVERLAPS = """
            select a.id::text as one, b.id::text as other, a.slot::text as slot
            from bookings a join bookings b on a.client_id = b.client_id and a.resource_id = b.resource_id
                 and a.id < b.id and a.slot && b.slot
            where a.status in ('pending', 'confirmed', 'scheduled') and b.status in ('pending', 'confirmed', 'scheduled')
            """;

    @Override
    public String name() {
        return "I5     no two active bookings of one resource overlap";
    }

    @Override
    public List<Wrong> broken(Site site) {
        return site.database(Service.BOOKING).rows(OVERLAPS).stream()
                .map(row -> Wrong.broken(
                        (String) row.get("one"),
                        "its time to itself",
                        row.get("other") + " at " + row.get("slot"),
                        "booking.bookings"))
                .toList();
    }
}
