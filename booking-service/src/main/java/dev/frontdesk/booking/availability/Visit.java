package dev.frontdesk.booking.availability;

import dev.frontdesk.booking.catalogue.Service;
import java.time.Duration;

/** How long someone is served, what the resource needs afterwards, and how far apart such times are offered. */
public record Visit(Duration duration, Duration buffer, Duration step) {

    public static Visit of(Service service) {
        return new Visit(service.duration(), service.buffer(), service.step());
    }
}
