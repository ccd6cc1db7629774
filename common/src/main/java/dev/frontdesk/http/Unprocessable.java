package dev.frontdesk.http;

import java.util.List;

/** 422: the request is readable, but a field or the whole breaks a rule; {@code violations} lists the fields. */
public final class Unprocessable extends Problem {
    public Unprocessable(String detail) {
        super(422, "unprocessable", "Unprocessable", detail);
    }

    /** One field that breaks a rule; the field in snake_case as in the JSON. */
    public static Unprocessable field(String field, String message) {
        return fields(List.of(new Violation(field, message)));
    }

    /** Several fields that break rules. */
    public static Unprocessable fields(List<Violation> violations) {
        Violation first = violations.get(0);
        Unprocessable problem = new Unprocessable(
                violations.size() == 1
                        ? first.field() + ": " + first.message()
                        : violations.size() + " fields break a rule");
        problem.with("violations", violations);
        return problem;
    }
}
