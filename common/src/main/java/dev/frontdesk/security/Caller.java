package dev.frontdesk.security;

import io.smallrye.common.vertx.ContextLocals;

/**
 * Who calls {@code /api}: staff of one client, or another service on its behalf.
 *
 * @param clientId from the token, never from a body
 * @param name the token's subject, for the audit trail
 */
public record Caller(String clientId, String name, Role role) {

    private static final String KEY = "frontdesk.caller";

    /** The caller of the current request. */
    public static Caller current() {
        return ContextLocals.<Caller>get(KEY).orElseThrow(() -> new IllegalStateException("No caller outside /api"));
    }

    void enter() {
        ContextLocals.put(KEY, this);
    }
}
