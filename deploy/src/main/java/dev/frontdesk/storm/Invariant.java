package dev.frontdesk.storm;

import java.util.List;

/** What must be so when all is healed and at rest. */
interface Invariant {
    /** In words an operator understands, with the number it has in the list of faults. */
    String name();

    /** Everything that is not so. */
    List<Wrong> broken(Site site);
}
