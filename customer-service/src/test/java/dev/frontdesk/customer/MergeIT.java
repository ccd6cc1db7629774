package dev.frontdesk.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However merges meet, each duplicate points to one who is none. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class MergeIT {

    @Test
    void mergesInEveryDirectionAtOnceEndInRedirectsToSurvivors() {
        List<String> ids = IntStream.range(0, 6).mapToObj(i -> customer()).toList();
        List<CompletableFuture<Integer>> merges = IntStream.range(0, 60)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> merge(ids.get(i % 6), ids.get((i * 5 + i / 6 + 1) % 6))))
                .toList();
        assertThat(merges.stream().map(CompletableFuture::join)).isSubsetOf(200, 409);
        assertThat(Database.asSuperuser("customer").count("""
                                select count(*) from customers duplicate join customers into_whom on into_whom.id = duplicate.merged_into
                                where into_whom.merged_into is not null
                                """))
                .as("pointers to pointers")
                .isZero();
        assertThat(ids.stream()
                        .map(id -> given().redirects().follow(true).get("/api/customers/" + id))
                        .peek(answer -> answer.then().statusCode(200)))
                .hasSize(6);
    }

    @Test
    void aMergedCustomerIsNeitherMergedAgainNorChangedNorDeleted() {
        String duplicate = customer();
        String survivor = customer();
        assertThat(merge(duplicate, survivor)).isEqualTo(200);
        assertThat(merge(duplicate, survivor)).isEqualTo(409);
        assertThat(merge(survivor, duplicate)).isEqualTo(409);
        assertThat(merge(survivor, survivor)).isEqualTo(409);
        given().delete("/api/customers/" + duplicate).then().statusCode(409).body("type", endsWith("/merged"));
        given().contentType("application/json")
                .body(Map.of("notes", "x"))
                .patch("/api/customers/" + duplicate)
                .then()
                .statusCode(409)
                .body("type", endsWith("/merged"));
    }

    private static int merge(String duplicate, String into) {
        return given().contentType("application/json")
                .body(Map.of("into", into))
                .post("/api/customers/" + duplicate + "/merge")
                .statusCode();
    }

    private static String customer() {
        return given().contentType("application/json")
                .body(Map.of("name", "Ann", "phone", Feed.newPhone()))
                .post("/api/customers")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
