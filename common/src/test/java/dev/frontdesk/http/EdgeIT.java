package dev.frontdesk.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import dev.frontdesk.testing.CommonProfile;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.webhook.Form;
import dev.frontdesk.webhook.TwilioSignature;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** The edge over real HTTP: every refusal is a problem, whichever layer refuses. */
@QuarkusTest
@TestProfile(CommonProfile.class)
@QuarkusTestResource(Infrastructure.class)
class EdgeIT {
    private static final String ID = "c0a11000-0000-4000-8000-00000000a001";

    @Test
    void aThingRoundTripsInSnakeCaseWithItsScaleAndNulls() {
        given().contentType("application/json")
                .body("{\"customer_name\":\"Ada\",\"number_of_loads\":2,\"payment_amount\":38.50,\"extra\":1}")
                .post("/api/edge/things")
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", matchesPattern(".*/api/edge/things/1"))
                .body(equalTo("{\"customer_name\":\"Ada\",\"number_of_loads\":2,\"payment_amount\":38.50,"
                        + "\"scheduled_at\":null}"));
    }

    @Test
    void aProblemKeepsItsTypeMembersAndHeaders() {
        problem(given().get("/api/edge/failures/slot-taken"), 409)
                .body("type", is("https://frontdesk.dev/problems/slot-taken"))
                .body("title", is("Conflict"))
                .body("detail", is("The slot is taken"))
                .body("alternatives", contains("a", "b"));
        problem(given().get("/api/edge/failures/too-many"), 429).header("Retry-After", "90");
        problem(given().get("/api/edge/failures/unauthorized"), 401).header("WWW-Authenticate", "Bearer");
    }

    @Test
    void aFaultOfOursShowsAnInstanceAndNothingElse() {
        problem(given().get("/api/edge/failures/fault"), 500)
                .body("instance", matchesPattern("urn:uuid:[0-9a-f-]{36}"))
                .body(not(containsString("secret")));
    }

    @Test
    void anOutageAsksToComeBack() {
        for (String outage : new String[] {"refused", "pool-full", "shutdown", "read-only", "timeout"}) {
            problem(given().get("/api/edge/failures/" + outage), 503).header("Retry-After", "1");
        }
    }

    @Test
    void securityFailuresAreProblems() {
        problem(given().get("/api/edge/failures/anonymous"), 401).header("WWW-Authenticate", "Bearer");
        problem(given().get("/api/edge/failures/role"), 403);
        problem(given().header("Authorization", "Bearer garbage").get("/api/edge/guarded"), 401)
                .header("WWW-Authenticate", "Bearer");
        problem(given().get("/api/edge/guarded"), 401);
    }

    @Test
    void anUnreadableBodyIs400() {
        for (String body :
                new String[] {"", "{", "null", "[]", "\"x\"", "{\"customer_name\":\"A\"}}", "{\"a\":\u0001}"}) {
            problem(given().contentType("application/json").body(body).post("/api/edge/things"), 400);
        }
        problem(given().contentType("application/json").body(nested(101)).post("/api/edge/things"), 400);
        given().contentType("application/json")
                .body(nested(90))
                .post("/api/edge/trees")
                .then()
                .statusCode(200);
        problem(given().contentType("application/json").body(nested(101)).post("/api/edge/trees"), 400);
    }

    @Test
    void aFieldThatBreaksARuleIs422WithItsPath() {
        problem(create("{\"number_of_loads\":0}"), 422)
                .body("violations.field", contains("customer_name", "number_of_loads"));
        problem(create("{\"customer_name\":\"A\",\"number_of_loads\":\"two\"}"), 422)
                .body("violations", contains(hasEntry("field", "number_of_loads")));
        problem(create("{\"customer_name\":7,\"number_of_loads\":2}"), 422)
                .body("violations[0].message", is("must be a text"));
        problem(create("{\"customer_name\":\"A\",\"scheduled_at\":\"soon\"}"), 422)
                .body("violations[0].field", is("scheduled_at"));
    }

    @Test
    void pathsParametersAndMethodsAreProblems() {
        problem(given().get("/api/edge/things/no-uuid"), 404);
        problem(given().get("/api/edge/nowhere"), 404);
        problem(given().get("/nowhere"), 404);
        problem(given().get("/api/edge/things?number=x"), 400);
        problem(given().get("/api/edge/things?limit=201"), 400);
        problem(given().get("/api/edge/things?colour=red"), 400);
        problem(given().delete("/api/edge/things"), 405);
        problem(given().contentType("text/plain").body("x").post("/api/edge/things"), 415);
        problem(given().accept("image/png").get("/api/edge/things/" + ID), 406);
        problem(given().accept("text/xml").get("/api/edge/failures/xml"), 409);
        for (String path : new String[] {"/api/edge/things", "/api/edge/things/" + ID}) {
            problem(given().header("Accept", "garbage").get(path), 406)
                    .body("detail", containsString("application/json"));
        }
        given().get("/api/edge/things/" + ID).then().statusCode(200);
    }

    @Test
    void aMergePatchChangesWhatItNames() {
        given().contentType(MergePatch.MEDIA_TYPE)
                .body("{\"customer_name\":\"Bea\"}")
                .patch("/api/edge/things/" + ID)
                .then()
                .statusCode(200)
                .body("customer_name", is("Bea"))
                .body("number_of_loads", is(1));
        problem(patch("{\"status\":\"done\"}"), 422).body("violations[0].field", is("status"));
        problem(patch("{\"customer_name\":null}"), 422).body("violations[0].field", is("customer_name"));
        problem(patch("[]"), 400);
        problem(patch("null"), 400);
        problem(patch(""), 400);
        problem(
                given().header("If-Match", "\"7\"")
                        .contentType("application/json")
                        .body("{}")
                        .patch("/api/edge/things/" + ID),
                412);
    }

    @Test
    void aSignedRequestIsSeenAsItWasSent() {
        String url = "https://desk.example.com/webhooks/edge/a%20b/signed?b=%2B1&a=O'Neil+x";
        String body = "To=%2B1415&Body=a+b%20c&Media=2&Media=1&Empty=";
        given().urlEncodingEnabled(false)
                .contentType("application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", TwilioSignature.sign(url, Form.parse(body), "a b"))
                .body(body)
                .post(url.substring("https://desk.example.com".length()))
                .then()
                .statusCode(200)
                .body(is(url));
    }

    @Test
    void csvIsStreamed() {
        String file = given().get("/api/edge/things.csv")
                .then()
                .statusCode(200)
                .header("Transfer-Encoding", "chunked")
                .contentType(Csv.MEDIA_TYPE)
                .extract()
                .asString();
        assertThat(file).startsWith("name,loads\r\n'=Ada,1\r\n").endsWith("'=Ada,1000\r\n");
    }

    private static Response create(String body) {
        return given().contentType("application/json").body(body).post("/api/edge/things");
    }

    private static Response patch(String body) {
        return given().contentType("application/json").body(body).patch("/api/edge/things/" + ID);
    }

    private static ValidatableResponse problem(Response response, int status) {
        return response.then()
                .statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("status", is(status))
                .body("type", matchesPattern("https://frontdesk.dev/problems/[a-z-]+"));
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }
}
