package dev.frontdesk.simulate;

import java.util.Objects;

/** What must be so at the end of a scenario; each is shown with whether it is. */
final class Findings {
    private boolean allHold = true;

    void expect(String what, Object expected, Object found) {
        boolean holds = Objects.equals(expected, found);
        allHold &= holds;
        System.out.printf("  %-68s %8s %s%n", what, found, holds ? "" : "  <-- expected " + expected);
    }

    boolean allHold() {
        return allHold;
    }
}
