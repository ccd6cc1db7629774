package dev.frontdesk.sms;

import dev.frontdesk.webhook.Form;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Twilio's REST API on a free port, for one test JVM: takes texts, lists them, prices them, and misbehaves for a number as
 * told. Tests reach it by HTTP, for they live in another class loader.
 */
public final class TwilioServer implements QuarkusTestResourceLifecycleManager {

    private static final String URL = "frontdesk.testing.twilio";

    private Vertx vertx;
    private final List<JsonObject> taken = new CopyOnWriteArrayList<>();
    private final List<JsonObject> asked = new CopyOnWriteArrayList<>();
    private final Map<String, JsonObject> behaviours = new ConcurrentHashMap<>();

    /**
     * What the number does from now on: {@code deliver | 429 | 500 | timeout | timeout-after-accept | 500-after-accept | opted-out
     * | invalid | unauthorized}; after {@code times} texts it delivers again (0: never).
     */
    public static void behave(String number, String outcome, int times, int delayMillis) {
        RestAssured.given()
                .contentType("application/json")
                .body(new JsonObject()
                        .put("to", number)
                        .put("outcome", outcome)
                        .put("times", times)
                        .put("delay_ms", delayMillis)
                        .encode())
                .post(System.getProperty(URL) + "/behaviour")
                .then()
                .statusCode(200);
    }

    /** The texts the number received, in order: {@code sid, body, from, status_callback, at}. */
    public static List<Map<String, Object>> received(String number) {
        return RestAssured.given()
                .queryParam("to", number)
                .get(System.getProperty(URL) + "/received")
                .jsonPath()
                .getList("$");
    }

    /** How often a text to the number was posted, taken or not. */
    public static int posts(String number) {
        return RestAssured.given()
                .queryParam("to", number)
                .get(System.getProperty(URL) + "/posts")
                .jsonPath()
                .getList("$")
                .size();
    }

    @Override
    public Map<String, String> start() {
        vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer().requestHandler(this::handle);
        try {
            server.listen(0, "localhost")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        String url = "http://localhost:" + server.actualPort();
        System.setProperty(URL, url);
        return Map.of(
                "frontdesk.clients.default.twilio.api-url", url,
                "frontdesk.clients.acme.twilio.api-url", url,
                "frontdesk.sms.queue.interval", "PT0.2S",
                "frontdesk.sms.prices.interval", "PT0.2S",
                "quarkus.rest-client.twilio.read-timeout", "1500");
    }

    @Override
    public void stop() {
        vertx.close();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            String path = request.path();
            if (path.equals("/behaviour")) {
                JsonObject asked = body.toJsonObject();
                behaviours.put(asked.getString("to"), asked);
                answer(request, 200, new JsonObject());
            } else if (path.equals("/received")) {
                request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(of(taken, request.getParam("to")).encode());
            } else if (path.equals("/posts")) {
                request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(of(asked, request.getParam("to")).encode());
            } else if (request.method().name().equals("POST")) {
                take(request, Form.parse(body.getBytes()));
            } else if (path.contains("/Media/")) {
                boolean authorized = request.getHeader("Authorization") != null;
                request.response()
                        .setStatusCode(authorized ? 200 : 401)
                        .putHeader("Content-Type", "image/jpeg")
                        .end("picture " + path.replaceAll(".*/", ""));
            } else if (path.endsWith("/Messages.json")) {
                answer(request, 200, new JsonObject().put("messages", of(taken, request.getParam("To"))));
            } else {
                fetch(request, path.replaceAll(".*/Messages/(.*)\\.json", "$1"));
            }
        });
    }

    private void take(HttpServerRequest request, Form form) {
        String to = form.first("To").orElseThrow();
        String sid = "SM" + UUID.randomUUID().toString().replace("-", "");
        JsonObject message = new JsonObject()
                .put("sid", sid)
                .put("to", to)
                .put("from", form.first("From").orElse(null))
                .put("body", form.first("Body").orElse(null))
                .put("status", "queued")
                .put("num_segments", "1")
                .put("price", (Object) null)
                .put("status_callback", form.first("StatusCallback").orElse(null))
                .put("at", System.currentTimeMillis());
        asked.add(message);
        JsonObject behaviour = next(to);
        switch (behaviour.getString("outcome")) {
            case "429" -> {
                request.response().putHeader("Retry-After", "1");
                answer(request, 429, new JsonObject().put("code", 20429));
            }
            case "500" -> answer(request, 500, new JsonObject().put("code", 20500));
            case "opted-out" -> answer(request, 400, new JsonObject().put("code", 21610));
            case "invalid" -> answer(request, 400, new JsonObject().put("code", 21211));
            case "unauthorized" -> answer(request, 401, new JsonObject().put("code", 20003));
            case "timeout" -> vertx.setTimer(2_000, id -> request.connection().close());
            case "timeout-after-accept" -> {
                taken.add(message);
                vertx.setTimer(2_000, id -> request.connection().close());
            }
            case "500-after-accept" -> {
                taken.add(message);
                answer(request, 500, new JsonObject());
            }
            default -> {
                taken.add(message);
                vertx.setTimer(1 + behaviour.getInteger("delay_ms", 0), id -> answer(request, 201, message));
            }
        }
    }

    private JsonObject next(String to) {
        JsonObject behaviour = behaviours.getOrDefault(to, new JsonObject().put("outcome", "deliver"));
        int times = behaviour.getInteger("times", 0);
        if (times == 1) {
            behaviours.remove(to);
        } else if (times > 1) {
            behaviours.put(to, behaviour.copy().put("times", times - 1));
        }
        return behaviour;
    }

    private void fetch(HttpServerRequest request, String sid) {
        JsonObject known = taken.stream()
                .filter(it -> sid.equals(it.getString("sid")))
                .findFirst()
                .orElse(null);
        if (known == null) {
            answer(request, 404, new JsonObject().put("code", 20404));
        } else {
            answer(request, 200, known.copy().put("status", "delivered").put("price", "-0.00790"));
        }
    }

    private static JsonArray of(List<JsonObject> messages, String to) {
        JsonArray found = new JsonArray();
        messages.stream().filter(it -> it.getString("to").equals(to)).forEach(found::add);
        return found;
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }
}
