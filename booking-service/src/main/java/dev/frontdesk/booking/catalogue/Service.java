package dev.frontdesk.booking.catalogue;

import dev.frontdesk.http.Unprocessable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;

/** Something the client sells: how long it takes and what it costs, decided by staff and by nobody else. */
@Entity
@Table(name = "services")
public class Service {

    /** How far apart times are offered where nothing else is said. */
    public static final Duration USUAL_STEP = Duration.ofMinutes(30);

    @Id
    private UUID id;

    @Column(insertable = false, updatable = false)
    private String clientId;

    private String code;
    private String name;
    private int durationMinutes;
    private int bufferMinutes;
    private int stepMinutes;
    private BigDecimal basePrice;
    private BigDecimal pricePerUnit;
    private Integer maxUnits;
    private String currency;
    private boolean active;
    private int displayOrder;
    private long version;

    protected Service() {}

    Service(UUID id, String code, ServiceResource.Terms terms, String currency) {
        this.id = id;
        this.code = code;
        this.currency = currency;
        apply(terms);
        this.version = 1;
    }

    /** Other terms, for bookings made from now on. */
    void change(ServiceResource.Terms terms) {
        apply(terms);
        version++;
    }

    private void apply(ServiceResource.Terms terms) {
        if (terms.maxUnits() != null && terms.pricePerUnit() == null) {
            throw Unprocessable.field("max_units", "needs a price_per_unit");
        }
        name = terms.name();
        durationMinutes = terms.durationMinutes();
        bufferMinutes = terms.bufferMinutes() == null ? 0 : terms.bufferMinutes();
        stepMinutes = terms.stepMinutes() == null ? (int) USUAL_STEP.toMinutes() : terms.stepMinutes();
        basePrice = terms.basePrice().setScale(2);
        pricePerUnit =
                terms.pricePerUnit() == null ? null : terms.pricePerUnit().setScale(2);
        maxUnits = terms.maxUnits();
        currency = terms.currency() == null ? currency : terms.currency();
        active = terms.active() == null || terms.active();
        displayOrder = terms.displayOrder() == null ? 0 : terms.displayOrder();
    }

    ServiceResource.Terms terms() {
        return new ServiceResource.Terms(
                name,
                durationMinutes,
                bufferMinutes,
                stepMinutes,
                basePrice,
                pricePerUnit,
                maxUnits,
                currency,
                active,
                displayOrder);
    }

    /**
     * The number of loads a booking is for: one where the service is sold by the load and none is said. Where it is not, the
     * number is noted and has no price.
     *
     * @throws Unprocessable when it is not from 1 to the most this service takes
     */
    public Integer units(Integer asked) {
        Integer units = asked == null && pricePerUnit != null ? Integer.valueOf(1) : asked;
        if (units != null && (units < 1 || (maxUnits != null && units > maxUnits))) {
            throw Unprocessable.field(
                    "number_of_loads", maxUnits == null ? "must be at least 1" : "must be from 1 to " + maxUnits);
        }
        return units;
    }

    /** What so many loads cost. */
    public BigDecimal quote(Integer units) {
        return pricePerUnit == null || units == null
                ? basePrice
                : basePrice.add(pricePerUnit.multiply(BigDecimal.valueOf(units)));
    }

    public UUID id() {
        return id;
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public Duration duration() {
        return Duration.ofMinutes(durationMinutes);
    }

    /** Time the resource needs afterwards to be ready for the next. */
    public Duration buffer() {
        return Duration.ofMinutes(bufferMinutes);
    }

    /** Offered times are this far apart. */
    public Duration step() {
        return Duration.ofMinutes(stepMinutes);
    }

    public String currency() {
        return currency;
    }

    public boolean isActive() {
        return active;
    }

    long version() {
        return version;
    }
}
