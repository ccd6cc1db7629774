package dev.frontdesk.http;

/** 401: no credentials, or credentials that do not verify. */
public final class Unauthorized extends Problem {
    public Unauthorized(String detail) {
        super(401, "unauthorized", "Unauthorized", detail);
        header("WWW-Authenticate", "Bearer");
    }
}
