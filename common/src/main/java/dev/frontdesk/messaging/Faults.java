package dev.frontdesk.messaging;

import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Which failures of PostgreSQL pass by themselves. */
public final class Faults {

    /** SQLSTATE classes: connection, insufficient resources, operator intervention, rollback for serialisation. */
    private static final Set<String> PASSING = Set.of("08", "53", "57", "40");
    /** A connection to a demoted primary: {@code read_only_sql_transaction}. */
    private static final String READ_ONLY = "25006";

    private Faults() {}

    /** True if trying again later can help: the server is away, restarting, overloaded or no longer the primary. */
    public static boolean isTransient(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg) {
                return pg.getSqlState() != null
                        && (PASSING.contains(pg.getSqlState().substring(0, 2)) || READ_ONLY.equals(pg.getSqlState()));
            }
            if (cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof io.vertx.core.VertxException
                    || cause instanceof io.vertx.core.impl.NoStackTraceThrowable) {
                return true;
            }
            if (cause.getCause() == cause) {
                return false;
            }
        }
        return false;
    }
}
