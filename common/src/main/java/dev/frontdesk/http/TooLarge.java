package dev.frontdesk.http;

/** 413: the body is over its limit, or a form has too many fields. */
public final class TooLarge extends Problem {
    public TooLarge(String detail) {
        super(413, "too-large", "Too large", detail);
    }
}
