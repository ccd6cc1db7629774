package dev.frontdesk.http;

/** 415: the body's media type is not one this path takes. */
public final class UnsupportedMedia extends Problem {
    public UnsupportedMedia(String detail) {
        super(415, "unsupported-media-type", "Unsupported media type", detail);
    }
}
