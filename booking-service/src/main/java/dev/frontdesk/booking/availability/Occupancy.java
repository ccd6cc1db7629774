package dev.frontdesk.booking.availability;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Which resource is taken when: bookings with their buffers, and holds. */
record Occupancy(Map<UUID, Taken> taken) {

    /** True if nothing of the resource lies between the two instants. */
    boolean isFree(UUID resource, Instant from, Instant to) {
        Taken times = taken.get(resource);
        return times == null || times.isFree(from, to);
    }
}
