package dev.frontdesk.booking.catalogue;

import dev.frontdesk.http.Unprocessable;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that decides whether, when and for how much a client can be booked, at one version; read-only. */
public record Catalogue(
        String clientId,
        ZoneId zone,
        BookingRules rules,
        List<Service> services,
        List<Resource> resources,
        List<OpeningHours> hours,
        List<Closure> closures) {

    public Catalogue {
        services = List.copyOf(services);
        resources = resources.stream().filter(Resource::isActive).toList();
        hours = List.copyOf(hours);
        closures = List.copyOf(closures);
    }

    public long version() {
        return rules.version();
    }

    /**
     * A service that can be booked, by its code.
     *
     * @throws Unprocessable naming the codes there are
     */
    public Service service(String code) {
        return known(code)
                .filter(Service::isActive)
                .orElseThrow(() -> Unprocessable.field("service_type", "must be one of " + codes()));
    }

    /** A service by its code, be it one that can no longer be booked. */
    public Optional<Service> known(String code) {
        return services.stream().filter(it -> it.code().equals(code)).findFirst();
    }

    private String codes() {
        return services.stream().filter(Service::isActive).map(Service::code).collect(Collectors.joining(", "));
    }
}
