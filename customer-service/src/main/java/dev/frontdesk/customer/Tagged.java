package dev.frontdesk.customer;

import dev.frontdesk.http.EntityTags;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;

/** Answers that carry the version of what they show as an entity tag. */
public final class Tagged {

    private Tagged() {}

    /** 200. */
    public static <V> RestResponse<V> ok(V view, long version) {
        return RestResponse.ResponseBuilder.ok(view)
                .header("ETag", EntityTags.of(version))
                .build();
    }

    /** 201, at the path given. */
    public static <V> RestResponse<V> created(String path, V view, long version) {
        return RestResponse.ResponseBuilder.<V>created(URI.create(path))
                .entity(view)
                .header("ETag", EntityTags.of(version))
                .build();
    }
}
