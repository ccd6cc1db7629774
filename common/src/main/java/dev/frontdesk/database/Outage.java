package dev.frontdesk.database;

import io.netty.channel.unix.Errors.NativeIoException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Which failures of PostgreSQL pass by themselves: it is away, restarting, overloaded, or no longer the primary. */
public final class Outage {

    /** SQLSTATEs: read-only standby, serialisation, deadlock, lock, cancelled, shutdown; classes 08 and 53 besides. */
    private static final Set<String> PASSING =
            Set.of("25006", "40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "57P05");

    private Outage() {}

    /** True if trying again later can help; looks through the causes. */
    public static boolean isCauseOf(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .anyMatch(Outage::is);
    }

    /** True if this very failure is one that passes. */
    public static boolean is(Throwable failure) {
        if (failure instanceof PgException refused) {
            return passes(refused.getSqlState());
        }
        // Hibernate Reactive puts this in the driver's place.
        if (failure instanceof SQLException refused) {
            return passes(refused.getSQLState());
        }
        return failure instanceof SocketException
                // Linux's own transport says this where Java's says SocketException.
                || failure instanceof NativeIoException
                || failure instanceof ClosedChannelException
                || failure instanceof ClosedConnectionException
                || failure instanceof ConnectionPoolTooBusyException
                || failure instanceof TimeoutException
                || failure instanceof io.smallrye.mutiny.TimeoutException
                || isPoolTimeout(failure);
    }

    private static boolean passes(String state) {
        return state != null && (PASSING.contains(state) || state.startsWith("08") || state.startsWith("53"));
    }

    /** The pool says these by text only: no free connection in time, one that closed under us, or this service stops. */
    private static boolean isPoolTimeout(Throwable failure) {
        return failure.getMessage() != null
                && failure.getClass().getName().startsWith("io.vertx.")
                && (failure.getMessage().startsWith("Timeout")
                        || failure.getMessage().equals("Pool closed")
                        || failure.getMessage().startsWith("Connection is closed")
                        || failure.getMessage().startsWith("Connection is not active now")
                        || failure.getMessage().startsWith("Connection was closed")
                        || failure.getMessage().startsWith("Failed to read any response"));
    }
}
