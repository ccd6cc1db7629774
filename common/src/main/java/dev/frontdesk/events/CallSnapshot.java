package dev.frontdesk.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A call at one version. {@code phoneNumber} is the customer's E.164 number, or {@code anonymous}, or null for a web
 * call; {@code duration} is in seconds; {@code cost} in the client's currency, all bills summed; {@code startedAt} decides
 * the day the call counts for; {@code mergedInto} is set once this turned out to be another delivery of that call: the
 * row is gone and no longer counts.
 */
public record CallSnapshot(
        UUID id,
        long version,
        String phoneNumber,
        String customerName,
        String status,
        String callType,
        int duration,
        BigDecimal cost,
        String sentiment,
        String provider,
        String providerCallId,
        String endedReason,
        UUID bookingId,
        UUID mergedInto,
        Instant startedAt,
        Instant endedAt,
        Instant createdAt) {}
