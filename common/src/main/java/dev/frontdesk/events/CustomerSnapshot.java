package dev.frontdesk.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A customer at one version. {@code phone} is E.164, null once the customer was deleted; {@code mergedInto} is set once the
 * row redirects to another.
 */
public record CustomerSnapshot(
        UUID id,
        long version,
        String name,
        String phone,
        String email,
        String address,
        List<String> tags,
        UUID mergedInto,
        Instant createdAt) {}
