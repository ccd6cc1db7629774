package peer;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The floor of the framework: one of Frontdesk's hot paths in plain Vert.x, with the very statement Frontdesk runs. */
public class VertxPeer extends AbstractVerticle {

    private static final Map<String, String> TOLD = System.getenv();
    private static final JsonObject STATEMENT = new JsonObject(TOLD.get("PEER_STATEMENT"));
    private static final String SQL = STATEMENT.getString("sql");
    private static final JsonArray ARGUMENTS = STATEMENT.getJsonArray("arguments");

    private final Pool pool;

    private VertxPeer(Pool pool) {
        this.pool = pool;
    }

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        String database = TOLD.get("PEER_DATABASE");
        PgConnectOptions server = new PgConnectOptions()
                .setHost("localhost")
                .setPort(Integer.parseInt(TOLD.get("POSTGRES_PORT")))
                .setDatabase(database)
                .setUser(database + "_app")
                .setPassword(database + "_app")
                .setCachePreparedStatements(true);
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(10))
                .connectingTo(server)
                .using(vertx)
                .build();
        int cores = Runtime.getRuntime().availableProcessors();
        vertx.deployVerticle(() -> new VertxPeer(pool), new DeploymentOptions().setInstances(cores));
    }

    @Override
    public void start(Promise<Void> started) {
        Router router = Router.router(vertx);
        router.get("/ready")
                .handler(it -> pool.query("select 1").execute().onComplete(rows -> it.end(), it::fail));
        router.post().handler(BodyHandler.create(false));
        router.post("/webhooks/twilio/default/sms").handler(this::text);
        router.post("/api/bookings").handler(this::book);
        vertx.createHttpServer()
                .requestHandler(router)
                .listen(Integer.parseInt(TOLD.get("PEER_PORT")), "localhost")
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void text(RoutingContext request) {
        Map<String, String> form = new TreeMap<>();
        request.request().formAttributes().forEach(form::put);
        if (!isSigned(request, form)) {
            request.response().setStatusCode(403).end();
            return;
        }
        run(form)
                .onSuccess(rows -> request.response()
                        .putHeader("Content-Type", "text/xml;charset=UTF-8")
                        .end("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>"))
                .onFailure(request::fail);
    }

    private static boolean isSigned(RoutingContext request, Map<String, String> form) {
        StringBuilder signed = new StringBuilder(TOLD.get("PEER_PUBLIC_URL")).append(request.request().uri());
        form.forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(TOLD.get("PEER_TOKEN").getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            byte[] wanted = Base64.getEncoder().encode(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
            String given = request.request().getHeader("X-Twilio-Signature");
            return given != null && MessageDigest.isEqual(wanted, given.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void book(RoutingContext request) {
        Map<String, String> fields = new HashMap<>();
        request.body().asJsonObject().forEach(field -> fields.put(field.getKey(), String.valueOf(field.getValue())));
        UUID id = UUID.randomUUID();
        fields.put("id", id.toString());
        fields.put("reference", Long.toString(id.getMostSignificantBits() >>> 4, 36).toUpperCase());
        fields.put("key", request.request().getHeader("Idempotency-Key"));
        run(fields)
                .onSuccess(rows -> {
                    boolean booked = "booked".equals(rows.iterator().next().getString(0));
                    Buffer answer = new JsonObject(new HashMap<>(fields)).toBuffer();
                    request.response()
                            .setStatusCode(booked ? 201 : 409)
                            .putHeader("Content-Type", "application/json")
                            .putHeader("Location", "/api/bookings/" + id)
                            .end(answer);
                })
                .onFailure(request::fail);
    }

    /** Frontdesk's statement; {@code {name}} in an argument is the field of that name. */
    private io.vertx.core.Future<RowSet<Row>> run(Map<String, String> fields) {
        Tuple arguments = Tuple.tuple();
        for (Object argument : ARGUMENTS) {
            arguments.addString(argument == null ? null : filled((String) argument, fields));
        }
        return pool.preparedQuery(SQL).execute(arguments);
    }

    private static String filled(String argument, Map<String, String> fields) {
        String filled = argument;
        for (Object name : STATEMENT.getJsonArray("fields")) {
            filled = filled.replace("{" + name + "}", fields.getOrDefault((String) name, ""));
        }
        return filled;
    }
}
