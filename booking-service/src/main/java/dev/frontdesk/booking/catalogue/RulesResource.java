package dev.frontdesk.booking.catalogue;

import dev.frontdesk.http.EntityTags;
import dev.frontdesk.http.MergePatch;
import dev.frontdesk.idempotency.Idempotent;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /api/opening-hours/rules}: how early, how late and how long; and the link of the calendar feed. */
@Path("/api/opening-hours/rules")
@Cancellable(false)
public class RulesResource {

    private final Tenant tenant;
    private final Catalogues catalogues;
    private final Validator validator;

    RulesResource(Tenant tenant, Catalogues catalogues, Validator validator) {
        this.tenant = tenant;
        this.catalogues = catalogues;
        this.validator = validator;
    }

    /** What staff may change; {@code reminders} are lead times, ISO 8601, such as {@code PT24H}. */
    public record Terms(
            @NotNull @Min(0) @Max(43_200) Integer leadTimeMinutes,
            @NotNull @Min(1) @Max(730) Integer horizonDays,
            @NotNull @Min(1) @Max(60) Integer holdMinutes,
            @NotNull @Min(0) @Max(43_200) Integer cancelCutoffMinutes,
            @NotNull @Min(15) @Max(43_200) Integer noShowGraceMinutes,

            @NotNull @Size(max = 5)
            List<@NotNull @DurationMin(minutes = 10) @DurationMax(days = 30) Duration> reminders) {}

    public record RulesView(
            Integer leadTimeMinutes,
            Integer horizonDays,
            Integer holdMinutes,
            Integer cancelCutoffMinutes,
            Integer noShowGraceMinutes,
            List<Duration> reminders,
            String calendarPath,
            long version) {
        static RulesView of(String client, BookingRules rules) {
            Terms it = rules.terms();
            return new RulesView(
                    it.leadTimeMinutes(),
                    it.horizonDays(),
                    it.holdMinutes(),
                    it.cancelCutoffMinutes(),
                    it.noShowGraceMinutes(),
                    it.reminders(),
                    "/calendars/%s/%s.ics".formatted(client, rules.calendarToken()),
                    rules.version());
        }
    }

    @GET
    public Uni<RestResponse<RulesView>> get() {
        return tenant.transaction(() -> catalogues.rules(tenant.id())).map(this::answer);
    }

    @PATCH
    @Consumes({MergePatch.MEDIA_TYPE, "application/json"})
    public Uni<RestResponse<RulesView>> change(@HeaderParam("If-Match") String ifMatch, @NotNull MergePatch patch) {
        return change(ifMatch, rules -> rules.change(patch.applyTo(rules.terms(), validator)));
    }

    /** The old calendar link dies. */
    @POST
    @Path("calendar-token")
    @Idempotent
    public Uni<RestResponse<RulesView>> renew(@HeaderParam("If-Match") String ifMatch) {
        return change(ifMatch, BookingRules::renewCalendarToken);
    }

    private Uni<RestResponse<RulesView>> change(String ifMatch, Consumer<BookingRules> change) {
        String client = tenant.id();
        return tenant.transaction(() -> catalogues
                        .locked(client)
                        .invoke(rules -> EntityTags.require(ifMatch, rules.version()))
                        .invoke(change)
                        .chain(rules -> Panache.getSession()
                                .chain(session -> session.flush()
                                        // The trigger has moved the version.
                                        .chain(() -> session.detach(rules).find(BookingRules.class, client)))))
                .map(this::answer);
    }

    private RestResponse<RulesView> answer(BookingRules rules) {
        return RestResponse.ResponseBuilder.ok(RulesView.of(tenant.id(), rules))
                .header("ETag", EntityTags.of(rules.version()))
                .build();
    }
}
