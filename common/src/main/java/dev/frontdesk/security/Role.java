package dev.frontdesk.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** What staff may do; each role may do what the ones below it may. */
public enum Role {
    SUPER_ADMIN,
    CLIENT_ADMIN,
    VIEWER;

    /** The claim value, such as {@code client_admin}. */
    public String claim() {
        return name().toLowerCase();
    }

    /** True if this role may do what {@code needed} may. */
    public boolean includes(Role needed) {
        return ordinal() <= needed.ordinal();
    }

    static Optional<Role> highest(Collection<String> groups) {
        return Arrays.stream(values())
                .filter(role -> groups.contains(role.claim()))
                .findFirst();
    }
}
