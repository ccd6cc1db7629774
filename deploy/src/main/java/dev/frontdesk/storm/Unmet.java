package dev.frontdesk.storm;

/** What must hold while something breaks, and did not. */
final class Unmet extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unmet(String what) {
        super(what);
    }
}
