package dev.frontdesk.storm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frontdesk.local.Routes;
import dev.frontdesk.local.Service;
import dev.frontdesk.simulate.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** HTTP with the patience of whoever asks: a request that got no answer, or a 5xx, is asked again as they would. */
final class Sender {
    static final ObjectMapper JSON = new ObjectMapper();

    /** How often, and after which pause, somebody asks again; the pause doubles up to eight seconds. */
    enum Patience {
        NONE(0, 0),
        /** Once more, by default. */
        TWILIO(1, 500),
        /** As providers.md recommends to configure it. */
        VAPI(5, 1000),
        RETELL(3, 1000),
        /** A browser or an integration that keeps its Idempotency-Key. */
        STAFF(6, 1000);

        private final int times;
        private final long pauseMillis;

        Patience(int times, long pauseMillis) {
            this.times = times;
            this.pauseMillis = pauseMillis;
        }
    }

    /** What came back; status 0 when nothing did. */
    record Reply(int status, String body, Map<String, String> headers) {
        boolean isOk() {
            return status / 100 == 2;
        }

        /** Refused for good, as opposed to not now. */
        boolean isRefused() {
            return status / 100 == 4 && status != 429 && status != 408 && !isStillRunning();
        }

        private boolean isStillRunning() {
            return status == 409 && body.contains("idempotency-key-in-use");
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What a service says that is there and has no connection to its database free in time. */
    private static final String BUSY = "cannot do this just now";

    private static final Reply NOTHING = new Reply(0, "", Map.of());

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String gateway;
    private final Map<Service, String> seconds = new ConcurrentHashMap<>();
    private final Answers answers = new Answers();
    private final Map<String, Long> brokenOff = new ConcurrentHashMap<>();
    private final AtomicLong closedDoors = new AtomicLong();

    Sender(String gateway) {
        this.gateway = gateway;
    }

    /** From now on half of what this service is asked goes to another instance of it. */
    void alsoAt(Service service, String url) {
        seconds.put(service, url);
    }

    /** Where the other instance is; null when there is none. */
    String alsoAt(Service service) {
        return seconds.get(service);
    }

    void onlyAtTheGateway(Service service) {
        seconds.remove(service);
    }

    /** Requests that a service had taken and the gateway got no answer to. */
    long brokenOff(Service service) {
        return brokenOff.getOrDefault(service.module(), 0L);
    }

    /** Requests that were turned away or broken off because a process was going or gone, not because it was busy. */
    long closedDoors() {
        return closedDoors.get();
    }

    Answers answers() {
        return answers;
    }

    Reply send(Delivery delivery, Patience patience) {
        return send(delivery.path(), delivery.body(), delivery.headers(), patience);
    }

    Reply post(String client, String path, Map<String, ?> body, String key) {
        return post(client, path, body, key, Patience.STAFF);
    }

    Reply post(String client, String path, Map<String, ?> body, String key, Patience patience) {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json", "X-Client-Id", client));
        if (key != null) {
            headers.put("Idempotency-Key", key);
        }
        return send(path, JSON.valueToTree(body).toString(), headers, patience);
    }

    Reply get(String client, String path) {
        return once(HttpRequest.newBuilder(URI.create(gateway + path))
                .header("X-Client-Id", client)
                .GET());
    }

    /** What a GET of this address is answered; 0 when nothing is. */
    int status(String url) {
        return get(url).status();
    }

    /** Asks a service itself. */
    Reply get(String url) {
        return once(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    private Reply send(String path, String body, Map<String, String> headers, Patience patience) {
        long pause = patience.pauseMillis;
        for (int again = 0; ; again++) {
            Reply reply = to(base(path), path, body, headers);
            if (reply.isOk() || reply.isRefused() || again == patience.times) {
                return reply;
            }
            LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
            pause = Math.min(8000, 2 * pause);
        }
    }

    /** Asks one address once. */
    Reply to(String base, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        headers.forEach(request::header);
        return once(request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String base(String path) {
        return ThreadLocalRandom.current().nextBoolean()
                ? gateway
                : Routes.of(path).map(seconds::get).orElse(gateway);
    }

    private Reply once(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(Duration.ofSeconds(15)).build();
        long since = System.nanoTime();
        Reply reply = NOTHING;
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            Map<String, String> headers = new HashMap<>();
            answer.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
            reply = new Reply(answer.statusCode(), answer.body(), headers);
        } catch (IOException e) {
            reply = NOTHING;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        answers.note(reply.status(), System.nanoTime() - since);
        if (reply.status() == 0 || (reply.status() >= 500 && !reply.body().contains(BUSY))) {
            closedDoors.incrementAndGet();
        }
        if (reply.status() == 503 && reply.body().contains("broke off")) {
            brokenOff.merge(reply.body().replaceAll("(?s).*?([a-z]+-service) broke off.*", "$1"), 1L, Long::sum);
        }
        return reply;
    }
}
