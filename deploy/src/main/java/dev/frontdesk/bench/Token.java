package dev.frontdesk.bench;

/**
 * A text among a statement's arguments that is another one in every request.
 *
 * @param text as it was in the request that was watched
 * @param sql what pgbench makes it of ({@code :n} is a fresh random number); null to leave it as it is
 * @param field what a peer makes it of: a field of the request, or {@code id}, {@code reference} or {@code key}
 */
record Token(String text, String sql, String field) {}
