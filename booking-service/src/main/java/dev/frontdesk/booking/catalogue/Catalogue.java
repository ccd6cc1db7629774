package dev.frontdesk.booking.catalogue;

import dev.frontdesk.http.Unprocessable;
import java.time.ZoneId;
import java.util.List;
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
        return services.stream()
                .filter(it -> it.isActive() && it.code().equals(code))
                .findFirst()
                .orElseThrow(() -> Unprocessable.field("service_type", "must be one of " + codes()));
    }

    private String codes() {
        return services.stream().filter(Service::isActive).map(Service::code).collect(Collectors.joining(", "));
    }
}
