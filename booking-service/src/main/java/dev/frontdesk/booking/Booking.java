package dev.frontdesk.booking;

import dev.frontdesk.booking.availability.LocalTimes;
import dev.frontdesk.booking.availability.Visit;
import dev.frontdesk.booking.catalogue.Catalogue;
import dev.frontdesk.booking.catalogue.Service;
import dev.frontdesk.events.BookingEvent;
import dev.frontdesk.events.BookingSnapshot;
import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.Problem;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;

/** A customer's claim on a time. Every change returns the event that reports it. */
@Entity
@Table(name = "bookings")
public class Booking {

    @Id
    UUID id;

    @Column(insertable = false, updatable = false)
    String clientId;

    @Column(updatable = false)
    Instant createdAt;

    /** Kept by the seed's trigger. */
    @Column(insertable = false, updatable = false)
    Instant updatedAt;

    String customerName;
    String customerPhone;
    String customerEmail;
    String serviceType;
    String serviceName;
    String appointmentDate;
    String appointmentTime;
    BookingStatus status;
    String source;
    String notes;
    boolean reminderSent;
    boolean confirmationSent;
    String title;
    Instant scheduledAt;
    Integer durationMinutes;
    int bufferMinutes;
    String pickupAddress;
    BigDecimal paymentAmount;
    String paymentCurrency;
    PaymentStatus paymentStatus;
    Integer numberOfLoads;
    UUID resourceId;
    String timeZone;
    String reference;
    String cancelReason;
    long version;
    long timeVersion;
    Instant timeChangedAt;

    @Column(updatable = false)
    String createdBy;

    protected Booking() {}

    /** A booking as it is asked for; who serves it is found when it is stored. */
    Booking(
            NewBooking asked,
            String phone,
            Service service,
            Instant start,
            ZoneId zone,
            Instant now,
            String createdBy) {
        id = UUID.randomUUID();
        reference = Reference.random();
        createdAt = now;
        updatedAt = now;
        timeChangedAt = now;
        this.createdBy = createdBy;
        customerName = asked.customerName().strip();
        customerPhone = phone;
        customerEmail = asked.customerEmail();
        serviceType = service.code();
        serviceName = service.name();
        durationMinutes = (int) service.duration().toMinutes();
        bufferMinutes = (int) service.buffer().toMinutes();
        numberOfLoads = service.units(asked.numberOfLoads());
        paymentAmount = service.quote(numberOfLoads);
        paymentCurrency = service.currency();
        paymentStatus = PaymentStatus.PENDING;
        status = BookingStatus.PENDING;
        source = asked.source() == null ? "manual" : asked.source();
        notes = asked.notes();
        title = asked.title();
        pickupAddress = asked.pickupAddress();
        timeZone = zone.getId();
        version = 1;
        timeVersion = 1;
        at(start);
    }

    BookingEvent created() {
        return new BookingEvent.Created(createdAt, snapshot());
    }

    BookingEvent confirm(Instant now) {
        become(BookingStatus.CONFIRMED);
        return new BookingEvent.Confirmed(now, changed());
    }

    /** On the plan without the customer's word. */
    BookingEvent schedule(Instant now) {
        become(BookingStatus.SCHEDULED);
        return new BookingEvent.Updated(now, changed());
    }

    /** @param cutoff how long before the start a customer may no longer cancel; zero for staff */
    BookingEvent cancel(String reason, Duration cutoff, boolean byCustomer, Instant now) {
        become(BookingStatus.CANCELLED);
        if (byCustomer && !now.isBefore(scheduledAt.minus(cutoff))) {
            throw tooLate();
        }
        cancelReason = reason;
        return new BookingEvent.Cancelled(now, changed());
    }

    BookingEvent complete(Instant now) {
        requireStarted(now, BookingStatus.COMPLETED);
        become(BookingStatus.COMPLETED);
        return new BookingEvent.Completed(now, changed());
    }

    BookingEvent missed(Instant now) {
        requireStarted(now, BookingStatus.NO_SHOW);
        become(BookingStatus.NO_SHOW);
        return new BookingEvent.NoShow(now, changed());
    }

    /** What was agreed on, whatever has become of the service since; offered on its grid as long as there is one. */
    Visit visit(Catalogue catalogue) {
        return new Visit(
                Duration.ofMinutes(durationMinutes == null ? 0 : durationMinutes),
                Duration.ofMinutes(bufferMinutes),
                catalogue.known(serviceType).map(Service::step).orElse(Service.USUAL_STEP));
    }

    /** Refuses what {@link #reschedule} will refuse, before a new time is looked for. */
    void requireMovable() {
        if (!status.isOpen()) {
            throw new Conflict("A %s booking cannot be rescheduled".formatted(status));
        }
    }

    /** The new time is confirmed and reminded of anew. */
    BookingEvent reschedule(Instant start, UUID resource, Instant now) {
        requireMovable();
        if (status == BookingStatus.CONFIRMED) {
            become(BookingStatus.SCHEDULED);
        }
        Instant previous = scheduledAt;
        at(start);
        resourceId = resource;
        timeVersion++;
        timeChangedAt = now;
        confirmationSent = false;
        reminderSent = false;
        return new BookingEvent.Rescheduled(now, previous, changed());
    }

    /** @param amount what was paid; the quote when null */
    BookingEvent payment(PaymentStatus next, BigDecimal amount, Instant now) {
        if (paymentStatus != null && !paymentStatus.canBecome(next)) {
            throw new Conflict("A %s payment cannot become %s".formatted(paymentStatus, next));
        }
        paymentStatus = next;
        if (next == PaymentStatus.PAID && amount != null) {
            paymentAmount = amount.setScale(2);
        }
        return new BookingEvent.PaymentChanged(now, changed());
    }

    /** What staff may correct; the price follows the number of loads as long as it is not paid. */
    BookingEvent amend(Details details, String phone, Service service, Instant now) {
        customerName = details.customerName().strip();
        customerPhone = phone;
        customerEmail = details.customerEmail();
        notes = details.notes();
        title = details.title();
        pickupAddress = details.pickupAddress();
        if (service != null) {
            numberOfLoads = service.units(details.numberOfLoads());
            if (paymentStatus != PaymentStatus.PAID) {
                paymentAmount = service.quote(numberOfLoads);
            }
        }
        return new BookingEvent.Updated(now, changed());
    }

    /** Changes nothing: the service that sends it says when it is sent. */
    public BookingEvent remind(Duration rule, Instant now) {
        return new BookingEvent.ReminderDue(now, rule.toString(), snapshot());
    }

    Details details() {
        return new Details(customerName, customerPhone, customerEmail, notes, title, pickupAddress, numberOfLoads);
    }

    public UUID id() {
        return id;
    }

    public long version() {
        return version;
    }

    private void at(Instant start) {
        ZoneId zone = ZoneId.of(timeZone);
        scheduledAt = start;
        appointmentDate = LocalTimes.date(start, zone);
        appointmentTime = LocalTimes.time(start, zone);
    }

    private void become(BookingStatus next) {
        if (!status.canBecome(next)) {
            throw new Conflict("A %s booking cannot become %s".formatted(status, next));
        }
        status = next;
    }

    private void requireStarted(Instant now, BookingStatus next) {
        if (status.canBecome(next) && now.isBefore(scheduledAt)) {
            throw new Conflict("A booking cannot become %s before it starts".formatted(next)).type("not-started");
        }
    }

    private static Problem tooLate() {
        return new Conflict("It is too late to cancel; please talk to us").type("too-late");
    }

    private BookingSnapshot changed() {
        version++;
        return snapshot();
    }

    public BookingSnapshot snapshot() {
        return new BookingSnapshot(
                id,
                version,
                timeVersion,
                reference,
                customerName,
                customerPhone,
                customerEmail,
                serviceType,
                serviceName,
                appointmentDate,
                appointmentTime,
                scheduledAt,
                timeZone,
                durationMinutes,
                status.toString(),
                source,
                resourceId == null ? null : resourceId.toString(),
                numberOfLoads,
                pickupAddress,
                paymentAmount,
                paymentCurrency,
                paymentStatus == null ? null : paymentStatus.toString(),
                cancelReason,
                createdAt);
    }
}
