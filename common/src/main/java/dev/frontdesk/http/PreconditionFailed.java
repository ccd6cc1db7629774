package dev.frontdesk.http;

/** 412: {@code If-Match} names another version than the present one. */
public final class PreconditionFailed extends Problem {
    public PreconditionFailed(String detail) {
        super(412, "precondition-failed", "Precondition failed", detail);
    }
}
