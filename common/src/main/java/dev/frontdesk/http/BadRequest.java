package dev.frontdesk.http;

/** 400: the request, its body, a filter or a cursor cannot be read. */
public final class BadRequest extends Problem {
    public BadRequest(String detail) {
        super(400, "bad-request", "Bad request", detail);
    }
}
