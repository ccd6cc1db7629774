package dev.frontdesk.booking;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.frontdesk.booking.BookingResource.BookingView;
import dev.frontdesk.booking.availability.NotBookable;
import dev.frontdesk.booking.availability.SlotTaken;
import dev.frontdesk.booking.availability.Timetable;
import dev.frontdesk.booking.availability.Visit;
import dev.frontdesk.booking.availability.WantedTime;
import dev.frontdesk.booking.catalogue.Catalogue;
import dev.frontdesk.booking.catalogue.Catalogues;
import dev.frontdesk.booking.catalogue.Service;
import dev.frontdesk.events.Events;
import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.Json;
import dev.frontdesk.http.Problem;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.idempotency.IdempotencyKeys;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.security.Caller;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.tenancy.Trace;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * Takes bookings in, whoever asks and from wherever. The hot path is one statement and one round trip, {@code book(…)} in
 * {@code R__book.sql}: tenant, idempotency key, catalogue version, free resource, row, event and answer. Everything else is
 * decided before, from the catalogue as last read; should it have moved since, the statement says so and we start over.
 */
@ApplicationScoped
class Reception {

    private static final String BOOK =
            "select outcome, resource, answer from book($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

    private final Pool pool;
    private final Tenant tenant;
    private final Clients clients;
    private final Catalogues catalogues;
    private final IdempotencyKeys keys;
    private final Outbox outbox;
    private final Clock clock;
    private final MeterRegistry metrics;

    Reception(
            Pool pool,
            Tenant tenant,
            Clients clients,
            Catalogues catalogues,
            IdempotencyKeys keys,
            Outbox outbox,
            Clock clock,
            MeterRegistry metrics) {
        this.pool = pool;
        this.tenant = tenant;
        this.clients = clients;
        this.catalogues = catalogues;
        this.keys = keys;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** The catalogue has moved, or the reference is someone else's: the next attempt starts from fresh ones. */
    private static final class Again extends RuntimeException {
        private static final long serialVersionUID = 1;

        Again(String outcome) {
            super("The booking did not go through: " + outcome, null, false, false);
        }
    }

    /** @param key the caller's {@code Idempotency-Key}, or null */
    Uni<BookingView> take(NewBooking asked, String key) {
        String hash = key == null ? null : keys.hash("POST /api/bookings", asked);
        return Uni.createFrom()
                .deferred(() -> catalogues.last().chain(catalogue -> attempt(catalogue, asked, key, hash)))
                .onFailure(Again.class)
                .retry()
                .atMost(5)
                .onFailure(failure -> key != null && !(failure instanceof Again || failure instanceof SlotTaken))
                .recoverWithUni(
                        failure -> firstAnswer(key, hash).onItem().ifNull().failWith(failure));
    }

    /** A refusal by a catalogue that has moved since is none: then the present one decides. */
    private Uni<BookingView> attempt(Catalogue last, NewBooking asked, String key, String hash) {
        return Uni.createFrom()
                .deferred(() -> store(last, asked, key, hash))
                .onFailure(failure -> failure instanceof NotBookable || failure instanceof Problem)
                .recoverWithUni(refusal -> catalogues
                        .fresh()
                        .chain(present -> present.version() == last.version()
                                ? Uni.createFrom().failure(refusal)
                                : store(present, asked, key, hash)));
    }

    private Uni<BookingView> store(Catalogue catalogue, NewBooking asked, String key, String hash) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Service service = catalogue.service(asked.serviceType());
        WantedTime.Moment moment = asked.time().in(catalogue.zone());
        List<UUID> resources = new Timetable(catalogue).require(Visit.of(service), moment, now);
        String phone = CustomerPhone.parse(asked.customerPhone(), clients.get(tenant.id()));
        Booking booking = new Booking(
                asked,
                phone,
                service,
                moment.start(),
                catalogue.zone(),
                now,
                Caller.current().name());
        BookingView view = BookingView.of(booking);
        return pool.preparedQuery(BOOK)
                .execute(Tuple.from(new Object[] {
                    tenant.id(),
                    now.atOffset(ZoneOffset.UTC),
                    catalogue.version(),
                    key,
                    hash,
                    json(view),
                    Events.write(booking.created()),
                    booking.createdBy,
                    booking.bufferMinutes,
                    resources.toArray(UUID[]::new),
                    asked.holdId(),
                    Trace.parent()
                }))
                .map(rows -> answer(rows.iterator().next(), view));
    }

    private BookingView answer(Row row, BookingView view) {
        String outcome = row.getString("outcome");
        metrics.counter("frontdesk_bookings_asked", "outcome", outcome).increment();
        return switch (outcome) {
            case "booked" -> {
                outbox.wake();
                yield view.servedBy(row.getUUID("resource"));
            }
            case "replayed" -> read(row.getString("answer"));
            case "key-reused" -> throw keyReused();
            case "key-in-use" ->
                throw new Conflict(
                                "The first request with this Idempotency-Key is still running; ask again in a moment")
                        .type("idempotency-key-in-use");
            case "taken" -> throw new SlotTaken(view.scheduledAt());
            default -> {
                catalogues.forget();
                throw new Again(outcome);
            }
        };
    }

    /** What is refused today may have been granted before, under the same key: then that is the answer. */
    private Uni<BookingView> firstAnswer(String key, String hash) {
        return tenant.sql(
                tenant.id(),
                connection -> connection
                        .preparedQuery("""
                                select request_hash, body::text as body from idempotency_keys
                                where key = $1 and created_at > now() - interval '24 hours'
                                """)
                        .execute(Tuple.of(key))
                        .map(rows -> rows.rowCount() == 0
                                ? null
                                : replay(rows.iterator().next(), hash)));
    }

    private static BookingView replay(Row row, String hash) {
        if (!row.getString("request_hash").equals(hash)) {
            throw keyReused();
        }
        return read(row.getString("body"));
    }

    private static RuntimeException keyReused() {
        return new Unprocessable("This Idempotency-Key was used for another request; use a new key")
                .type("idempotency-key-reused");
    }

    private static String json(BookingView view) {
        try {
            return Json.mapper().writeValueAsString(view);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static BookingView read(String json) {
        try {
            return Json.mapper().readValue(json, BookingView.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
