package dev.frontdesk.http;

/** 404: there is no such thing, or the caller's client does not own it. */
public final class NotFound extends Problem {
    public NotFound(String detail) {
        super(404, "not-found", "Not found", detail);
    }
}
