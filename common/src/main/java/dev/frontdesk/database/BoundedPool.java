package dev.frontdesk.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The pool of the service, with a queue that has an end: who waits too long for a connection gets a 503 instead. */
@Singleton
class BoundedPool implements PgPoolCreator {

    private static final Logger LOG = Logger.getLogger(BoundedPool.class);
    private static final int LONGEST_QUEUE = 2_000;
    private static final int LONGEST_WAIT_SECONDS = 5;
    /** Characters of a statement that is prepared once per connection; the driver's limit, 2048, is below our largest. */
    private static final int LONGEST_KEPT_STATEMENT = 16_384;

    @Override
    public Pool create(Input input) {
        if (!input.vertx().isNativeTransportEnabled()) {
            LOG.warn("No native transport: a database that vanishes is given up on after a quarter of an hour");
        }
        return Pool.pool(
                input.vertx(),
                VanishedServer.isNoticedBy(input.pgConnectOptionsList().get(0))
                        .setPreparedStatementCacheSqlLimit(LONGEST_KEPT_STATEMENT),
                input.poolOptions()
                        .setMaxWaitQueueSize(LONGEST_QUEUE)
                        .setConnectionTimeout(LONGEST_WAIT_SECONDS)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS));
    }
}
