package dev.frontdesk.http;

import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** Any other HTTP status as a problem: what the framework refuses (405, 406, …) and our own faults (500). */
final class OtherProblem extends Problem {
    private OtherProblem(int status, String title, String detail) {
        super(status, title.toLowerCase(Locale.ROOT).replace(' ', '-'), title, detail);
    }

    static OtherProblem of(int status, String detail) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return new OtherProblem(status, known == null ? "Error " + status : known.getReasonPhrase(), detail);
    }
}
