package dev.frontdesk.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** Clients that each keep a connection and send the next request when the last one is answered, or when it is due. */
final class HttpLoad implements AutoCloseable {

    /** Requests are made before the clock starts, signing them is not the service's work; as many as fit into this. */
    private static final long READY_BYTES = 160L << 20;

    /** What came of a run: answers as they should be, others, seconds, and sorted latencies in milliseconds. */
    record Result(long answered, long refused, double seconds, double[] millis) {
        double perSecond() {
            return answered / seconds;
        }

        double percentile(double share) {
            return millis.length == 0
                    ? Double.NaN
                    : millis[(int) Math.min(millis.length - 1L, (long) (share * millis.length))];
        }
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<HttpConnection> connections = new ArrayList<>();

    private final Predicate<HttpConnection> right;

    /** @param right whether a 2xx says what it should */
    HttpLoad(int port, int clients, Predicate<HttpConnection> right) {
        this.right = right;
        for (int i = 0; i < clients; i++) {
            connections.add(new HttpConnection(port));
        }
    }

    /** Keeps every client busy for a while; {@code calls} gives the n-th request, from {@code first}. */
    Result run(LongFunction<byte[]> calls, long first, Duration length) {
        List<byte[]> ready = ready(calls, first, length);
        AtomicLong taken = new AtomicLong();
        long since = System.nanoTime();
        long end = since + length.toNanos();
        List<Client> clients = everyone(client -> {
            for (long sent = System.nanoTime(); sent < end; sent = System.nanoTime()) {
                long n = taken.getAndIncrement();
                client.send(n < ready.size() ? ready.get((int) n) : calls.apply(first + n), sent);
            }
        });
        return result(clients, (System.nanoTime() - since) / 1e9);
    }

    /**
     * Sends so many requests per second, whatever the answers do, as long as a client is free.
     *
     * @param answered is told when each request was answered, in nanoTime, or 0 where it was refused
     */
    Result paced(LongFunction<byte[]> calls, long first, int perSecond, Duration length, long[] answered) {
        List<byte[]> ready = ready(calls, first, length);
        AtomicLong taken = new AtomicLong();
        long total = perSecond * length.toSeconds();
        long since = System.nanoTime();
        List<Client> clients = everyone(client -> {
            for (long n = taken.getAndIncrement(); n < total; n = taken.getAndIncrement()) {
                byte[] call = n < ready.size() ? ready.get((int) n) : calls.apply(first + n);
                long due = since + n * 1_000_000_000L / perSecond;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                boolean accepted = client.send(call, due);
                if (answered != null) {
                    answered[(int) n] = accepted ? System.nanoTime() : 0;
                }
            }
        });
        return result(clients, (System.nanoTime() - since) / 1e9);
    }

    /** Sends one request and answers the body of the answer, which must be a 2xx. */
    String one(byte[] call) {
        try {
            HttpConnection connection = connections.get(0);
            int status = connection.exchange(call);
            if (status / 100 != 2) {
                throw new IllegalStateException("answered " + status + " " + connection.body());
            }
            return connection.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a request. */
    static byte[] request(String method, String path, String headers, byte[] body) {
        byte[] head = "%s %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n"
                .formatted(method, path, headers, body.length)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private static List<byte[]> ready(LongFunction<byte[]> calls, long first, Duration length) {
        long fit = READY_BYTES / calls.apply(first).length;
        long most = Math.min(fit, 8_000 * Math.max(1, length.toSeconds()));
        List<byte[]> ready = new ArrayList<>((int) most);
        for (long n = first; n < first + most; n++) {
            ready.add(calls.apply(n));
        }
        return ready;
    }

    private interface Work {
        void by(Client client) throws IOException;
    }

    private List<Client> everyone(Work work) {
        List<Client> clients =
                connections.stream().map(it -> new Client(it, right)).toList();
        List<CompletableFuture<Void>> running = clients.stream()
                .map(client -> CompletableFuture.runAsync(() -> client.work(work), threads))
                .toList();
        running.forEach(CompletableFuture::join);
        return clients;
    }

    private static Result result(List<Client> clients, double seconds) {
        double[] millis = clients.stream()
                .flatMapToDouble(client ->
                        Arrays.stream(client.nanos, 0, client.answered).mapToDouble(nanos -> nanos / 1e6))
                .sorted()
                .toArray();
        long refused = clients.stream().mapToLong(client -> client.refused).sum();
        return new Result(millis.length, refused, seconds, millis);
    }

    @Override
    public void close() {
        threads.shutdown();
        connections.forEach(HttpConnection::close);
    }

    /** One client's share of a run. */
    private static final class Client {
        private final HttpConnection connection;
        private final Predicate<HttpConnection> right;
        private long[] nanos = new long[1 << 12];
        private int answered;
        private long refused;

        Client(HttpConnection connection, Predicate<HttpConnection> right) {
            this.connection = connection;
            this.right = right;
        }

        void work(Work work) {
            try {
                work.by(this);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }

        /** Whether it was answered with a 2xx, and rightly. */
        boolean send(byte[] call, long since) throws IOException {
            if (connection.exchange(call) / 100 != 2 || !right.test(connection)) {
                refused++;
                return false;
            }
            if (answered == nanos.length) {
                nanos = Arrays.copyOf(nanos, nanos.length * 2);
            }
            nanos[answered++] = System.nanoTime() - since;
            return true;
        }
    }
}
