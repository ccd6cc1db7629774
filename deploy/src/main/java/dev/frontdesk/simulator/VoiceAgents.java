package dev.frontdesk.simulator;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** As much of Vapi's and Retell's REST as a reconciliation asks for: a call by id, and dialling out. */
final class VoiceAgents {
    private final Map<String, JsonObject> calls = new ConcurrentHashMap<>();

    void on(Router router) {
        router.get("/call/:id").handler(this::fetch);
        router.post("/call").handler(this::createAtVapi);
        router.get("/v2/get-call/:id").handler(this::fetch);
        router.post("/v2/create-phone-call").handler(this::createAtRetell);
        router.post("/simulator/voice-agents/:id").handler(this::register);
    }

    /** Makes a call known that did not begin here; the body is what a fetch answers. */
    private void register(RoutingContext context) {
        calls.put(context.pathParam("id"), context.body().asJsonObject());
        TwilioAnswers.json(context, 201, context.body().asJsonObject());
    }

    private void fetch(RoutingContext context) {
        JsonObject call = calls.get(context.pathParam("id"));
        if (call == null) {
            TwilioAnswers.json(
                    context,
                    404,
                    new JsonObject()
                            .put("message", "Call not found")
                            .put("error", "Not Found")
                            .put("statusCode", 404));
        } else {
            TwilioAnswers.json(context, 200, call);
        }
    }

    private void createAtVapi(RoutingContext context) {
        String id = UUID.randomUUID().toString();
        String now = Instant.now().toString();
        JsonObject call = context.body()
                .asJsonObject()
                .copy()
                .put("id", id)
                .put("type", "outboundPhoneCall")
                .put("status", "queued")
                .put("createdAt", now)
                .put("updatedAt", now);
        calls.put(id, call);
        TwilioAnswers.json(context, 201, call);
    }

    private void createAtRetell(RoutingContext context) {
        String id = "call_" + UUID.randomUUID().toString().replace("-", "");
        JsonObject call = context.body()
                .asJsonObject()
                .copy()
                .put("call_id", id)
                .put("call_type", "phone_call")
                .put("call_status", "registered")
                .put("direction", "outbound");
        calls.put(id, call);
        TwilioAnswers.json(context, 201, call);
    }
}
