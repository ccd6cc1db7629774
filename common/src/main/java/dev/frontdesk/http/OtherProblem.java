package dev.frontdesk.http;

import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Map;

/** Any other HTTP status as a problem: what the framework refuses (405, 406, …) and our own faults (500). */
final class OtherProblem extends Problem {
    private OtherProblem(int status, String title, String detail) {
        super(status, title.toLowerCase(Locale.ROOT).replace(' ', '-'), title, detail);
    }

    /** What to do about it, where whoever refused says no more than the status. */
    private static final Map<Integer, String> ADVICE = Map.of(
            400, "The request cannot be read",
            401, "A valid bearer token is needed",
            403, "Your role may not do this",
            404, "Nothing is served at this path",
            405, "This path does not take this method; Allow names those it takes",
            406, "Nothing here has a media type that Accept names; ask for application/json",
            413, "The body is too large",
            414, "The URL is too long",
            415, "This path does not take the body's media type; send application/json");

    /** {@code detail} may be null where the status says it all. */
    static OtherProblem of(int status, String detail) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return new OtherProblem(
                status,
                known == null ? "Error " + status : known.getReasonPhrase(),
                detail == null ? ADVICE.get(status) : detail);
    }
}
