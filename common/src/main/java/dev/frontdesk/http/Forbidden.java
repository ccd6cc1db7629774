package dev.frontdesk.http;

/** 403: the caller is known and may not do this, or a signature is wrong. */
public final class Forbidden extends Problem {
    public Forbidden(String detail) {
        super(403, "forbidden", "Forbidden", detail);
    }
}
