package dev.frontdesk.http;

import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.stream.Stream;

/** Entity tags from versions (RFC 9110, 8.8.3 and 13.1.1): version 3 is {@code "3"}. */
public final class EntityTags {
    private EntityTags() {}

    /** The strong tag of a version, with its quotes. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Refuses a change that was made from another version.
     *
     * @param ifMatch the {@code If-Match} header: null or blank lets everything pass, {@code *} any version; a list is
     *     allowed; weak tags never match
     * @throws PreconditionFailed when no tag of the header is the present one
     */
    public static void require(String ifMatch, long version) {
        if (ifMatch == null || ifMatch.isBlank() || ifMatch.trim().equals("*")) {
            return;
        }
        if (Stream.of(ifMatch.split(",")).map(String::trim).noneMatch(of(version)::equals)) {
            throw new PreconditionFailed("It has been changed since you read it; its version is now " + version);
        }
    }

    /** 200 with the view and its tag. */
    public static Response ok(Object view, long version) {
        return Response.ok(view).header("ETag", of(version)).build();
    }

    /** 201 with {@code Location}, the view and its tag. */
    public static Response created(URI location, Object view, long version) {
        return Response.created(location)
                .entity(view)
                .header("ETag", of(version))
                .build();
    }
}
