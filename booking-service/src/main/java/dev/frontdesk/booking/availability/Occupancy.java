package dev.frontdesk.booking.availability;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/** Which resource is taken when: bookings with their buffers, and holds. Those of one resource never overlap. */
final class Occupancy {

    private final Map<UUID, NavigableMap<Long, Long>> taken = new HashMap<>();

    /** @param from the first second taken, {@code to} the first one free again */
    void add(UUID resource, long from, long to) {
        taken.computeIfAbsent(resource, it -> new TreeMap<>()).merge(from, to, Math::max);
    }

    boolean isFree(UUID resource, Instant from, Instant to) {
        NavigableMap<Long, Long> times = taken.get(resource);
        if (times == null) {
            return true;
        }
        Map.Entry<Long, Long> before = times.lowerEntry(to.getEpochSecond());
        return before == null || before.getValue() <= from.getEpochSecond();
    }

    /** The resources of the list that are free then, in its order. */
    List<UUID> free(List<UUID> resources, Instant from, Instant to) {
        List<UUID> free = new ArrayList<>();
        for (UUID resource : resources) {
            if (isFree(resource, from, to)) {
                free.add(resource);
            }
        }
        return free;
    }
}
