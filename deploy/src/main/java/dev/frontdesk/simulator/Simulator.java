package dev.frontdesk.simulator;

import dev.frontdesk.local.Accounts;
import dev.frontdesk.local.Accounts.Account;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * The providers, as far as Frontdesk asks them: Twilio's REST API with status callbacks, some of Vapi's and Retell's.
 * {@code POST /simulator/behaviour} says what a number does, {@code GET /simulator/messages?to=} what it received.
 */
public final class Simulator implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Texts texts = new Texts();
    private final Accounts accounts;

    private Simulator(Accounts accounts) {
        this.accounts = accounts;
    }

    public static Simulator listening(int port, Accounts accounts) {
        Simulator simulator = new Simulator(accounts);
        simulator
                .vertx
                .createHttpServer(new HttpServerOptions().setHost("localhost").setPort(port))
                .requestHandler(simulator.routes())
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return simulator;
    }

    private Router routes() {
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false));
        router.route("/2010-04-01/Accounts/:account/*")
                .handler(context -> TwilioAnswers.authenticate(context, accounts));
        new TwilioMessages(vertx, accounts, texts).on(router);
        new TwilioCalls(vertx, accounts).on(router);
        new VoiceAgents().on(router);
        router.post("/simulator/behaviour").handler(this::behave);
        router.get("/simulator/messages").handler(this::messages);
        router.post("/simulator/messages").handler(this::register);
        return router;
    }

    private void behave(RoutingContext context) {
        JsonObject body = context.body().asJsonObject();
        String to = body == null ? null : number(body.getString("to"));
        if (to == null) {
            refuse(context, "`to` is missing: the number that is to behave so.");
            return;
        }
        Behaviour.of(body)
                .ifPresentOrElse(
                        behaviour -> {
                            texts.behave(to, behaviour);
                            TwilioAnswers.json(context, 200, body);
                        },
                        () -> refuse(
                                context,
                                "`outcome` is one of deliver, fail, opted-out, timeout-after-accept, 429, 500, 500-after-accept."));
    }

    private static void refuse(RoutingContext context, String detail) {
        context.response()
                .setStatusCode(422)
                .putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", "Unprocessable")
                        .put("status", 422)
                        .put("detail", detail)
                        .toBuffer());
    }

    private void messages(RoutingContext context) {
        String to = number(context.request().getParam("to"));
        JsonArray items = new JsonArray();
        texts.list(null, to, null).forEach(text -> items.add(text.inspected()));
        TwilioAnswers.json(context, 200, new JsonObject().put("items", items));
    }

    /** Makes an inbound text known, so that its price can be fetched: {@code sid, client_id, from, body, price}. */
    private void register(RoutingContext context) {
        JsonObject given = context.body().asJsonObject();
        Account account = accounts.of(given.getString("client_id"));
        SentText text = new SentText(
                given.getString("sid"),
                account.twilioSid(),
                given.getString("from"),
                account.number(),
                given.getString("body"),
                "inbound",
                given.getString("price", Behaviour.ORDINARY.price()));
        texts.add(text);
        TwilioAnswers.json(context, 201, text.inspected());
    }

    /** A number out of a query, where people leave the + as it is and it arrives as a blank. */
    static String number(String given) {
        if (given == null || given.isBlank()) {
            return null;
        }
        String trimmed = given.trim();
        return Character.isDigit(trimmed.charAt(0)) ? "+" + trimmed : trimmed;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
