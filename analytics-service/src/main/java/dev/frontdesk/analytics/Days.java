package dev.frontdesk.analytics;

import dev.frontdesk.http.ListQuery;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The days of the current client: every day of a range, those without traffic as zeros. */
@ApplicationScoped
class Days implements PanacheRepositoryBase<Day, UUID> {

    private final Tenant tenant;

    Days(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Newest first. */
    Uni<List<Day>> of(ListQuery.Days range) {
        return on(range)
                .map(known -> Stream.iterate(
                                range.to(), date -> !date.isBefore(range.from()), date -> date.minusDays(1))
                        .map(date -> known.getOrDefault(date, Day.without(date)))
                        .toList());
    }

    /** The days asked for, in that order. */
    Uni<List<Day>> each(LocalDate... dates) {
        LocalDate first = Stream.of(dates).min(LocalDate::compareTo).orElseThrow();
        LocalDate last = Stream.of(dates).max(LocalDate::compareTo).orElseThrow();
        return on(new ListQuery.Days(first, last))
                .map(known -> Stream.of(dates)
                        .map(date -> known.getOrDefault(date, Day.without(date)))
                        .toList());
    }

    private Uni<Map<LocalDate, Day>> on(ListQuery.Days range) {
        return tenant.transaction(() -> list("date between ?1 and ?2", range.from(), range.to()))
                .map(days -> days.stream().collect(Collectors.toMap(Day::date, Function.identity())));
    }
}
