package dev.frontdesk.http;

/** 409: the thing's present state, or another claim on it, forbids the change. */
public final class Conflict extends Problem {
    public Conflict(String detail) {
        super(409, "conflict", "Conflict", detail);
    }
}
