package dev.frontdesk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.http.Json;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Every operation of a service's OpenAPI document against every kind of caller. A service says in {@link #rules()} who may
 * do what; an operation without a rule fails, and so does a rule without an operation.
 */
public abstract class EveryEndpoint {

    /** A name that nothing but {@link #things()} bears: where another client reads it, something leaks. */
    protected static final String NAME = "Zebedee Quillfeather";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)[^}]*}");
    /** What stands for a placeholder where no thing is given; anything else is a UUID nobody knows. */
    private static final Map<String, String> VALUES = Map.of(
            "client_id",
            "default",
            "client",
            "default",
            "token",
            "guessed",
            "event",
            "status",
            "phone",
            "+14155550999",
            "phone_number",
            "+14155550999",
            "purpose",
            "confirmation",
            "tag",
            "vip",
            "number",
            "0");

    /** Lines of {@code viewer|admin|provider|link METHOD /path}. */
    protected abstract String rules();

    /** Things of client {@code default} by the path of each, such as {@code /api/calls/{id}}; made at each call. */
    protected abstract Map<String, String> things();

    private record Operation(String method, String path, String contentType) {
        String name() {
            return method + " " + path;
        }
    }

    private record Answer(int status, String contentType, String body) {}

    @Test
    void everyOperationHasARuleAndEveryRuleAnOperation() {
        assertThat(operations().stream().map(Operation::name)).containsExactlyInAnyOrderElementsOf(who().keySet());
    }

    @Test
    void nobodyGetsInWithoutATokenOfTheIssuer() {
        Map<String, String> forgeries = Issuer.forgeries();
        check("viewer admin", (operation, softly) -> {
            softly.assertThat(send(operation, null))
                    .as("%s without a token", operation.name())
                    .returns(401, Answer::status);
            forgeries.forEach((what, token) -> softly.assertThat(send(operation, token))
                    .as("%s, token %s", operation.name(), what)
                    .returns(401, Answer::status)
                    .returns("application/problem+json", Answer::contentType));
        });
    }

    @Test
    void aTokenWithoutARoleOrAClientIsRefused() {
        check("viewer admin", (operation, softly) -> {
            for (String token : List.of(
                    Issuer.tokenWithout("groups"),
                    Issuer.tokenWithout("client_id"),
                    Issuer.token("default", "janitor"))) {
                softly.assertThat(send(operation, token)).as(operation.name()).returns(403, Answer::status);
            }
            softly.assertThat(send(operation, Issuer.token("nobody-knows-it", "super_admin")))
                    .as("%s of an unknown client", operation.name())
                    .returns(404, Answer::status);
        });
    }

    @Test
    void aViewerReadsAndChangesNothing() {
        String viewer = Issuer.token("default", "viewer");
        check(
                "viewer",
                (operation, softly) -> softly.assertThat(send(operation, viewer).status())
                        .as(operation.name())
                        .isNotIn(401, 403)
                        .isLessThan(500));
        check(
                "admin",
                (operation, softly) -> softly.assertThat(send(operation, viewer))
                        .as(operation.name())
                        .returns(403, Answer::status)
                        .returns("application/problem+json", Answer::contentType));
    }

    @Test
    void administratorsDoEverything() {
        for (String role : List.of("client_admin", "super_admin")) {
            String token = Issuer.token("default", role);
            check(
                    "viewer admin",
                    (operation, softly) -> softly.assertThat(
                                    send(operation, token).status())
                            .as("%s as %s", operation.name(), role)
                            .isNotIn(401, 403)
                            .isLessThan(500));
        }
    }

    @Test
    void anotherClientsAdministratorFindsNothing() {
        Map<String, String> things = things();
        String mine = Issuer.token("default", "viewer");
        String theirs = Issuer.token("acme", "super_admin");
        things.forEach((path, id) -> assertThat(send(new Operation("GET", path, null), mine, things))
                .as("%s is there for its own client", path)
                .returns(200, Answer::status)
                .satisfies(it -> assertThat(it.body()).contains(NAME)));
        check("viewer admin", (operation, softly) -> {
            Answer answer = send(operation, theirs, things);
            softly.assertThat(answer.body()).as(operation.name()).doesNotContain(NAME);
            if (things.keySet().stream().anyMatch(it -> (operation.path() + "/").startsWith(it + "/"))) {
                boolean itself = operation.method().equals("GET") && things.containsKey(operation.path());
                softly.assertThat(answer.status())
                        .as("%s of another client: %s", operation.name(), answer.body())
                        .isBetween(itself ? 404 : 400, itself ? 404 : 499);
            }
        });
        things.forEach((path, id) -> assertThat(send(new Operation("GET", path, null), mine, things))
                .as("%s is unharmed", path)
                .returns(200, Answer::status));
    }

    @Test
    void aWebhookTakesItsSignatureAndNothingElse() {
        for (String token : new String[] {null, Issuer.token("default", "super_admin")}) {
            check(
                    "provider",
                    (operation, softly) -> softly.assertThat(
                                    send(operation, token).status())
                            .as(operation.name())
                            .isIn(401, 403));
            check(
                    "link",
                    (operation, softly) -> softly.assertThat(
                                    send(operation, token).status())
                            .as(operation.name())
                            .isIn(401, 403, 404));
        }
    }

    @Test
    void everyAnswerToStaffSaysThatItIsPrivate() throws IOException, InterruptedException {
        HttpResponse<Void> answer =
                HTTP.send(HttpRequest.newBuilder(uri("/api/anything")).build(), HttpResponse.BodyHandlers.discarding());
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(it -> assertThat(it).contains("default-src 'none'"));
    }

    private void check(String rules, BiConsumer<Operation, SoftAssertions> assertions) {
        Map<String, String> who = who();
        SoftAssertions.assertSoftly(softly -> operations().stream()
                .filter(operation -> List.of(rules.split(" ")).contains(who.getOrDefault(operation.name(), "nobody")))
                .forEach(operation -> assertions.accept(operation, softly)));
    }

    private Map<String, String> who() {
        Map<String, String> who = new TreeMap<>();
        rules().lines().map(String::trim).filter(line -> !line.isEmpty()).forEach(line -> {
            String[] parts = line.split("\\s+", 2);
            who.put(parts[1], parts[0]);
        });
        return who;
    }

    private static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        JsonNode document = openApi();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    var types = method.getValue()
                            .path("requestBody")
                            .path("content")
                            .fieldNames();
                    if (method.getValue().isObject() && method.getValue().has("responses")) {
                        operations.add(new Operation(
                                method.getKey().toUpperCase(), path.getKey(), types.hasNext() ? types.next() : null));
                    }
                }));
        return operations;
    }

    private static JsonNode openApi() {
        try {
            return Json.mapper()
                    .readTree(RestAssured.given().get("/q/openapi?format=json").asByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer send(Operation operation, String token) {
        return send(operation, token, Map.of());
    }

    private static Answer send(Operation operation, String token, Map<String, String> things) {
        boolean sends = !operation.method().equals("GET") && !operation.method().equals("DELETE");
        String type = operation.contentType() == null ? "application/json" : operation.contentType();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(filled(operation.path(), things)))
                .method(
                        operation.method(),
                        sends
                                ? HttpRequest.BodyPublishers.ofString(type.contains("json") ? "{}" : "a=b")
                                : HttpRequest.BodyPublishers.noBody());
        if (sends) {
            request.header("Content-Type", type.equals("*/*") ? "application/json" : type);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<InputStream> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                String answered = response.headers().firstValue("Content-Type").orElse("");
                // A stream of events has no end to wait for.
                return new Answer(
                        response.statusCode(),
                        answered,
                        answered.startsWith("text/event-stream")
                                ? ""
                                : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(operation.name(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String filled(String path, Map<String, String> things) {
        String known = things.entrySet().stream()
                .filter(it -> (path + "/").startsWith(it.getKey() + "/"))
                .map(it -> PLACEHOLDER.matcher(it.getKey()).replaceFirst(encoded(it.getValue()))
                        + path.substring(it.getKey().length()))
                .findFirst()
                .orElse(path);
        return PLACEHOLDER
                .matcher(known)
                .replaceAll(it -> encoded(
                        VALUES.getOrDefault(it.group(1), UUID.randomUUID().toString())));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + RestAssured.port + path);
    }
}
