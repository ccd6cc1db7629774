package dev.frontdesk.storm;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between the services and PostgreSQL that can be slow, or cut. */
final class Proxy implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile int target;
    private volatile boolean cut;
    private volatile int delayMillis;

    Proxy(int port, int target) {
        this.port = port;
        this.target = target;
        vertx.createNetServer(new NetServerOptions()
                        .setHost("localhost")
                        .setPort(port)
                        .setTcpNoDelay(true))
                .connectHandler(this::connect)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    int port() {
        return port;
    }

    /** Breaks every connection and takes no new one until {@link #heal}. */
    void cut() {
        cut = true;
        open.forEach(NetSocket::close);
    }

    /** Breaks every connection; new ones are welcome. */
    void drop() {
        open.forEach(NetSocket::close);
    }

    /** New connections lead to the server on this port. */
    void turn(int to) {
        target = to;
    }

    /** Each packet takes so much longer, either way. */
    void slow(int millis) {
        delayMillis = millis;
    }

    void heal() {
        cut = false;
        delayMillis = 0;
    }

    private void connect(NetSocket near) {
        if (cut) {
            near.close();
            return;
        }
        near.pause();
        client.connect(target, "localhost")
                .onSuccess(far -> {
                    join(near, far);
                    join(far, near);
                    near.resume();
                })
                .onFailure(failure -> near.close());
    }

    private void join(NetSocket from, NetSocket to) {
        open.add(from);
        from.handler(data -> forward(data, to));
        from.closeHandler(closed -> {
            open.remove(from);
            to.close();
        });
        from.exceptionHandler(failure -> from.close());
    }

    /** Timers of one length fire in the order they were set, so packets keep theirs. */
    private void forward(Buffer data, NetSocket to) {
        int delay = delayMillis;
        if (delay == 0) {
            to.write(data);
        } else {
            vertx.setTimer(delay, timer -> to.write(data));
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
