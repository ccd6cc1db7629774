package dev.frontdesk.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.frontdesk.testing.CommonProfile;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(CommonProfile.class)
@QuarkusTestResource(Infrastructure.class)
class IdempotentIT {

    /** The common pool of a small machine sends one after the other. */
    private static final Executor EACH_ITS_THREAD = task -> new Thread(task).start();

    private static final Database DB = Database.asSuperuser("call");

    @BeforeAll
    static void aTableOfProbes() {
        DB.run("create table if not exists probes (name text)");
        DB.run("grant all on probes to call_app");
    }

    @Test
    void theSameKeyAndBodyGetTheFirstAnswerAgainHeadersIncluded() {
        String key = UUID.randomUUID().toString();
        Response first = post(key, "Ann").statusCode(201).extract().response();
        int made = ProbeResource.MADE.get();
        Response again = post(key, "Ann").statusCode(201).extract().response();

        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("ETag")).isEqualTo("\"1\"");
        assertThat(ProbeResource.MADE.get()).isEqualTo(made);
    }

    @Test
    void anotherBodyUnderTheSameKeyIsA422() {
        String key = UUID.randomUUID().toString();
        post(key, "Ann").statusCode(201);
        post(key, "Bob").statusCode(422).body("type", endsWith("/idempotency-key-reused"));
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        String key = UUID.randomUUID().toString();
        String first = post(key, "Ann").statusCode(201).extract().asString();
        assertThat(DB.run("update idempotency_keys set created_at = now() - interval '25 hours' where key = ?", key))
                .isEqualTo(1);
        String second = post(key, "Bob").statusCode(201).extract().asString();
        assertThat(second).isNotEqualTo(first);
        assertThat(post(key, "Bob").statusCode(201).extract().asString()).isEqualTo(second);
    }

    @Test
    void aKeyOfOneClientMeansNothingToAnother() {
        String key = UUID.randomUUID().toString();
        post(key, "Ann").statusCode(201);
        given().header("X-Client-Id", "acme")
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body("{\"name\": \"Bob\"}")
                .post("/api/probes")
                .then()
                .statusCode(201)
                .body("name", equalTo("Bob"));
    }

    @Test
    void whatFailedMayBeTriedAgain() {
        String key = UUID.randomUUID().toString();
        post(key, "bad").statusCode(422);
        post(key, "good").statusCode(201);
    }

    @Test
    void ofManyAtOnceOneDoesTheWorkAndTheOthersHearThatItRunsOrItsAnswer() {
        String key = UUID.randomUUID().toString();
        int made = ProbeResource.MADE.get();
        List<Integer> statuses = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> post(key, "Ann").extract().statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(statuses).contains(201).isSubsetOf(201, 409);
        assertThat(ProbeResource.MADE.get()).isEqualTo(made + 1);
    }

    @Test
    void moreKeysAtOnceThanThePoolHasConnectionsAllDoTheirWork() {
        for (String path : List.of("/api/probes", "/api/probes/sql")) {
            List<Integer> statuses = IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> post(path, UUID.randomUUID().toString(), "Ann")
                                    .extract()
                                    .statusCode(),
                            EACH_ITS_THREAD))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(statuses).hasSize(20).allMatch(status -> status / 100 == 2);
        }
    }

    @Test
    void workWithoutHibernateIsDoneOnceAndIsOneTransactionWithItsKey() {
        String key = UUID.randomUUID().toString();
        Response first =
                post("/api/probes/sql", key, key).statusCode(200).extract().response();
        Response again =
                post("/api/probes/sql", key, key).statusCode(200).extract().response();
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(DB.count("select count(*) from probes where name = ?", key)).isOne();
        assertThat(DB.rows(
                        "select distinct xmin from (select xmin::text from probes where name = ?"
                                + " union all select xmin::text from idempotency_keys where key = ?) rows",
                        key,
                        key))
                .hasSize(1);
        post("/api/probes/sql", key, "Bob").statusCode(422).body("type", endsWith("/idempotency-key-reused"));
    }

    @Test
    void workThatIsTakenBackLeavesNoKey() {
        for (String path : List.of("/api/probes", "/api/probes/sql")) {
            String key = UUID.randomUUID().toString();
            post(path, key, "bad").statusCode(422);
            assertThat(DB.count("select count(*) from idempotency_keys where key = ?", key))
                    .isZero();
            assertThat(DB.count("select count(*) from probes where name = 'bad'"))
                    .isZero();
            assertThat(post(path, key, "good").extract().statusCode()).isIn(200, 201);
        }
    }

    @Test
    void clientsThatHangUpLeakNoConnection() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            try (Socket socket = new Socket("localhost", RestAssured.port)) {
                socket.getOutputStream()
                        .write("GET /api/probes/slow HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
        }
        for (int i = 0; i < 30; i++) {
            given().get("/api/probes/slow").then().statusCode(200).body(equalTo("done"));
        }
    }

    private static ValidatableResponse post(String key, String name) {
        return post("/api/probes", key, name);
    }

    private static ValidatableResponse post(String path, String key, String name) {
        return given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body("{\"name\": \"" + name + "\"}")
                .post(path)
                .then();
    }
}
