package dev.frontdesk.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** The pool of the service, with a queue that has an end: who waits too long for a connection gets a 503 instead. */
@Singleton
class BoundedPool implements PgPoolCreator {

    private static final int LONGEST_QUEUE = 2_000;
    private static final int LONGEST_WAIT_SECONDS = 5;

    @Override
    public Pool create(Input input) {
        return Pool.pool(
                input.vertx(),
                input.pgConnectOptionsList().get(0),
                input.poolOptions()
                        .setMaxWaitQueueSize(LONGEST_QUEUE)
                        .setConnectionTimeout(LONGEST_WAIT_SECONDS)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS));
    }
}
