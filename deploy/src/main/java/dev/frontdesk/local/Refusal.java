package dev.frontdesk.local;

/** Why the platform does not start, in words for the person at the terminal: no stack trace is shown for it. */
public final class Refusal extends RuntimeException {
    public Refusal(String message) {
        super(message);
    }
}
