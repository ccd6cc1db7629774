package dev.frontdesk.storm;

/** Something that goes wrong on purpose, while people go on calling, texting and booking. */
interface Fault {
    /** Its numbers in the list of faults, such as {@code F2 F3}. */
    String numbers();

    /** What happens, in words. */
    String name();

    /** Does it, undoes it, and says what was measured; throws {@link Unmet} when something that must hold did not. */
    String strike(Site site, Acts acts);
}
