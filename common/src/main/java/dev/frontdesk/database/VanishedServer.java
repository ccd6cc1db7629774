package dev.frontdesk.database;

import io.vertx.pgclient.PgConnectOptions;

/** A server that is gone without a word (a node lost, a cable cut) neither refuses nor closes: when we stop waiting for it. */
public final class VanishedServer {

    private static final int NO_CONNECTION_MILLISECONDS = 5_000;
    /** Shorter gaps heal by themselves. */
    private static final int NO_ACKNOWLEDGEMENT_MILLISECONDS = 10_000;

    private VanishedServer() {}

    /**
     * Ends a connection whose packets nobody acknowledges; what waits on it fails as an {@link Outage}. A statement that takes
     * long on a server that is there goes on. Works on Linux, with its own transport (quarkus.vertx.prefer-native-transport);
     * elsewhere the system's limit stays, a quarter of an hour. A statement that was acknowledged before the server vanished is
     * noticed by keep-alive only, which asks as the system is set: {@code net.ipv4.tcp_keepalive_time}, two hours by default.
     */
    public static PgConnectOptions isNoticedBy(PgConnectOptions options) {
        options.setConnectTimeout(NO_CONNECTION_MILLISECONDS)
                .setTcpKeepAlive(true)
                .setTcpUserTimeout(NO_ACKNOWLEDGEMENT_MILLISECONDS);
        return options;
    }
}
