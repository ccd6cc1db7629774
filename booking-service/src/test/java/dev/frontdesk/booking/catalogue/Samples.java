package dev.frontdesk.booking.catalogue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/** Catalogues that no database holds. */
public final class Samples {

    private Samples() {}

    public static Service service(int minutes, int buffer, int step) {
        return new Service(
                UUID.randomUUID(),
                "cut",
                new ServiceResource.Terms(
                        "Cut", minutes, buffer, step, new BigDecimal("20"), null, null, null, true, 0),
                "USD");
    }

    public static Service perLoad(String base, String load, int most) {
        return new Service(
                UUID.randomUUID(),
                "wash",
                new ServiceResource.Terms(
                        "Wash", 30, 0, 30, new BigDecimal(base), new BigDecimal(load), most, null, true, 0),
                "USD");
    }

    public static Resource resource(String code) {
        return new Resource(UUID.randomUUID(), code, new ResourceResource.Terms(code, true, 0));
    }

    public static Catalogue catalogue(
            ZoneId zone,
            Duration leadTime,
            int horizonDays,
            Service service,
            List<Resource> resources,
            List<OpeningHours> hours,
            List<Closure> closures) {
        return new Catalogue(
                "sample", zone, new BookingRules(leadTime, horizonDays), List.of(service), resources, hours, closures);
    }
}
