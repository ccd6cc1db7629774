package dev.frontdesk.simulator;

import dev.frontdesk.local.Accounts;
import dev.frontdesk.local.Accounts.Account;
import dev.frontdesk.testing.Fixtures;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Twilio's Call resource: dial out, fetch; and the status callbacks of what was dialled. */
final class TwilioCalls {
    private static final JsonObject SHAPE =
            new JsonObject(Fixtures.text("twilio/rest-call-fetch-unpriced-200.json")).getJsonObject("body");

    private final Vertx vertx;
    private final Accounts accounts;
    private final Map<String, JsonObject> bySid = new ConcurrentHashMap<>();
    private final Map<String, Boolean> priceTold = new ConcurrentHashMap<>();
    private final Callback callback = new Callback();

    TwilioCalls(Vertx vertx, Accounts accounts) {
        this.vertx = vertx;
        this.accounts = accounts;
    }

    void on(Router router) {
        String calls = "/2010-04-01/Accounts/:account/Calls";
        router.post(calls + ".json").handler(this::create);
        router.get(calls + "/:sid").handler(this::fetch);
        router.post("/simulator/calls").handler(this::register);
        router.get("/simulator/calls").handler(this::inspect);
    }

    /** Makes a call known that did not begin here: {@code sid, client_id, from, to, status, duration, price}. */
    private void register(RoutingContext context) {
        JsonObject given = context.body().asJsonObject();
        Account account = accounts.of(given.getString("client_id"));
        JsonObject call = call(given.getString("sid"), account, given.getString("from"), given.getString("to"))
                .put("direction", given.getString("direction", "inbound"))
                .put("status", given.getString("status"))
                .put("duration", Integer.toString(given.getInteger("duration", 0)))
                .put("price", given.getString("price"));
        bySid.put(call.getString("sid"), call);
        TwilioAnswers.json(context, 201, call);
    }

    /** Every call, with whether its price has been told to who asked by REST. */
    private void inspect(RoutingContext context) {
        JsonArray items = new JsonArray();
        bySid.forEach((sid, call) -> items.add(call.copy().put("price_told", priceTold.getOrDefault(sid, false))));
        TwilioAnswers.json(context, 200, new JsonObject().put("items", items));
    }

    private void fetch(RoutingContext context) {
        String sid = context.pathParam("sid").replace(".json", "");
        JsonObject call = bySid.get(sid);
        if (call == null || !call.getString("account_sid").equals(context.pathParam("account"))) {
            TwilioAnswers.error(context, 404, 20404, "The requested resource %s was not found".formatted(sid));
            return;
        }
        if (call.getString("price") != null) {
            priceTold.put(sid, true);
        }
        TwilioAnswers.json(context, 200, call);
    }

    private void create(RoutingContext context) {
        String to = context.request().getFormAttribute("To");
        if (to == null) {
            TwilioAnswers.error(context, 400, 21201, "No 'To' number is specified");
            return;
        }
        Account account = TwilioAnswers.account(context, accounts);
        JsonObject call = call(Sid.next("CA"), account, account.number(), to).put("status", "queued");
        bySid.put(call.getString("sid"), call);
        TwilioAnswers.json(context, 201, call);
        String url = context.request().getFormAttribute("StatusCallback");
        List<String> steps = List.of("initiated", "ringing", "in-progress", "completed");
        for (int step = 0; step < steps.size(); step++) {
            int sequence = step;
            vertx.setTimer(50L * (step + 1), timer -> report(call, account, url, steps.get(sequence), sequence));
        }
    }

    private void report(JsonObject call, Account account, String url, String status, int sequence) {
        call.put("status", status);
        boolean over = status.equals("completed");
        if (over) {
            call.put("duration", "30").put("price", "-0.01400");
        }
        if (url == null) {
            return;
        }
        Map<String, String> fields = TwilioAnswers.fields(
                Fixtures.text(over ? "twilio/voice-status-4-completed.form" : "twilio/voice-status-2-ringing.form"));
        fields.putAll(Map.of(
                "CallSid", call.getString("sid"),
                "AccountSid", account.twilioSid(),
                "CallStatus", status,
                "SequenceNumber", Integer.toString(sequence),
                "Timestamp", SentText.RFC_2822.format(Instant.now()),
                "From", call.getString("from"),
                "Caller", call.getString("from"),
                "To", call.getString("to"),
                "Called", call.getString("to")));
        if (over) {
            fields.put("CallDuration", "30");
        }
        callback.post(url, fields, account.twilioToken());
    }

    private static JsonObject call(String sid, Account account, String from, String to) {
        String path = "/2010-04-01/Accounts/%s/Calls/%s".formatted(account.twilioSid(), sid);
        String now = SentText.RFC_2822.format(Instant.now());
        return SHAPE.copy()
                .put("account_sid", account.twilioSid())
                .put("date_created", now)
                .put("date_updated", now)
                .put("start_time", now)
                .put("end_time", null)
                .put("from", from)
                .put("to", to)
                .put("sid", sid)
                .put("subresource_uris", new JsonObject().put("recordings", path + "/Recordings.json"))
                .put("uri", path + ".json");
    }
}
