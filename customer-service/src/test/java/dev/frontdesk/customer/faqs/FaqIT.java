package dev.frontdesk.customer.faqs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.frontdesk.events.FaqEvent;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class FaqIT {

    private final String category = "C" + UUID.randomUUID();

    @Test
    void aFaqIsWrittenEditedOrderedSwitchedOffAndDeleted() {
        String first = create("Do you iron shirts?", "Yes.", List.of(" Ironing ", "ironing", "shirt"));
        String second = create("Do you mend zips?", "No.", List.of());
        given().get("/api/faqs/" + first)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("client_id", equalTo("default"))
                .body("keywords", contains("ironing", "shirt"))
                .body("is_active", equalTo(true))
                .body("usage_count", equalTo(0));
        json().body(Map.of("ids", List.of(second, first)))
                .post("/api/faqs/order")
                .then()
                .statusCode(204);
        listed().body("items.id", contains(second, first)).body("items.display_order", contains(1, 2));
        for (String change : List.of("activation", "deactivation")) {
            json().header("If-Match", "\"1\"")
                    .post("/api/faqs/" + first + "/" + change)
                    .then()
                    .statusCode(412);
        }
        given().post("/api/faqs/" + first + "/deactivation")
                .then()
                .statusCode(200)
                .body("is_active", equalTo(false));
        given().queryParam("is_active", true)
                .queryParam("category", category)
                .get("/api/faqs")
                .then()
                .body("items.id", contains(second));
        json().header("If-Match", "\"1\"")
                .body("{\"answer\": \"x\"}")
                .patch("/api/faqs/" + first)
                .then()
                .statusCode(412);
        json().body("{\"answer\": \"We do.\"}")
                .patch("/api/faqs/" + first)
                .then()
                .statusCode(200);
        given().delete("/api/faqs/" + first).then().statusCode(204);
        listed().body("items.id", contains(second));
        await().untilAsserted(() -> assertThat(Topic.named("frontdesk.faqs").messages(first))
                .extracting(it -> it.headers().get("ce_type"))
                .endsWith("faq.deleted.v1")
                .hasSize(5));
        given().get("/api/faqs/categories").then().body("items.category", hasItem(category));
        given().queryParam("colour", "red").get("/api/faqs/categories").then().statusCode(400);
        json().header("X-Client-Id", "acme").get("/api/faqs/" + second).then().statusCode(404);
        json().body(Map.of("category", "", "question", "q", "answer", "a"))
                .post("/api/faqs")
                .then()
                .statusCode(422);
    }

    @Test
    void ordersInEveryDirectionAtOnceAreEachCarriedOutWhole() {
        List<String> ids = IntStream.range(0, 30)
                .mapToObj(i -> create("Question " + i, "Yes.", List.of()))
                .toList();
        List<String> reversed = new ArrayList<>(ids);
        Collections.reverse(reversed);
        List<CompletableFuture<Integer>> orders = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> order(i % 2 == 0 ? ids : reversed)))
                .toList();
        assertThat(orders.stream().map(CompletableFuture::join)).containsOnly(204);
        assertThat(listed().extract().<List<String>>path("items.id")).isIn(ids, reversed);
        given().get("/api/faqs/" + ids.get(0)).then().header("ETag", "\"41\"");
        assertThat(order(ids)).isEqualTo(204);
        assertThat(order(List.of(ids.get(1), UUID.randomUUID().toString()))).isEqualTo(404);
        listed().body("items.id", equalTo(ids));
    }

    @Test
    void aQuestionFindsItsAnswerByKeywordsOrWordsInAnyInflection() {
        String zebra = create("Can I hand over zebra costumes?", "Gladly.", List.of("zebra", "carnival dress"));
        create("Do you clean giraffe rugs?", "Rarely.", List.of("giraffe"));
        match("What about my carnival dresses?")
                .body("items[0].id", equalTo(zebra))
                .body("items[0].score", greaterThan(0.5f));
        match("handing over costumes of zebras").body("items[0].id", equalTo(zebra));
        match("Do you sell bicycles?").body("items.category", not(hasItem(category)));
        match("???").body("items", hasSize(0));
        given().get("/api/faqs/match").then().statusCode(400);
    }

    @Test
    void germanIsMatchedAsGerman() {
        String id = json().header("X-Client-Id", "acme")
                .body(Map.of(
                        "category",
                        category,
                        "question",
                        "Verkaufen Sie Lockenwickler?",
                        "answer",
                        "Ja.",
                        "keywords",
                        List.of("lockenwickler")))
                .post("/api/faqs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        given().header("X-Client-Id", "acme")
                .queryParam("q", "Ich suche einen Lockenwicklern")
                .get("/api/faqs/match")
                .then()
                .body("items[0].id", equalTo(id));
    }

    @Test
    void aUseCountsOnceHoweverOftenItIsTold() {
        String id = create("Do you wash tents?", "Yes.", List.of());
        FaqEvent.Used use =
                new FaqEvent.Used(Instant.now(), UUID.randomUUID(), "voice", UUID.fromString(id), null, null);
        for (int i = 0; i < 20; i++) {
            Topic.publish("default", use);
        }
        Topic.publish(
                "default", new FaqEvent.Used(Instant.now(), UUID.randomUUID(), "sms", UUID.fromString(id), null, null));
        await().untilAsserted(() -> given().get("/api/faqs/" + id).then().body("usage_count", equalTo(2)));
    }

    @Test
    void questionsNobodyCouldAnswerAreCollectedAndDismissed() {
        String question = "Do you repair " + category + "?";
        UUID first = UUID.randomUUID();
        Topic.publish("default", new FaqEvent.Used(Instant.now(), first, "voice", null, question, null));
        Topic.publish("default", new FaqEvent.Used(Instant.now(), first, "voice", null, question, null));
        Topic.publish(
                "default",
                new FaqEvent.Used(
                        Instant.now().plusSeconds(1), UUID.randomUUID(), "sms", null, question.toUpperCase(), null));
        String find = "items.find { it.question.equalsIgnoreCase('" + question + "') }";
        await().untilAsserted(() -> given().queryParam("limit", 200)
                .get("/api/faqs/unanswered")
                .then()
                .body(find + ".count", equalTo(2))
                .body(find + ".channels", contains("sms", "voice")));
        given().delete("/api/faqs/unanswered/" + first).then().statusCode(204);
        given().queryParam("limit", 200).get("/api/faqs/unanswered").then().body(find, equalTo(null));
    }

    @Test
    void unansweredQuestionsArePagedTheMostFrequentFirst() {
        List<String> questions = Stream.of("Often ", "Now and then ", "Once ")
                .map(it -> it + category)
                .toList();
        for (int i = 0; i < 3; i++) {
            for (String question : questions.subList(0, 3 - i)) {
                Topic.publish(
                        "acme", new FaqEvent.Used(Instant.now(), UUID.randomUUID(), "voice", null, question, null));
            }
        }
        await().untilAsserted(() -> assertThat(unanswered(200)).containsSubsequence(questions));
        assertThat(unanswered(1)).isEqualTo(unanswered(200));
    }

    private static List<String> unanswered(int limit) {
        List<String> questions = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            var page = given().header("X-Client-Id", "acme")
                    .queryParam("limit", limit)
                    .queryParam("cursor", cursor)
                    .get("/api/faqs/unanswered")
                    .then()
                    .statusCode(200)
                    .extract();
            questions.addAll(page.<List<String>>path("items.question"));
            cursor = page.path("next_cursor");
        }
        return questions;
    }

    private static int order(List<String> ids) {
        return json().body(Map.of("ids", ids)).post("/api/faqs/order").statusCode();
    }

    private String create(String question, String answer, List<String> keywords) {
        return json().body(Map.of("category", category, "question", question, "answer", answer, "keywords", keywords))
                .post("/api/faqs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ValidatableResponse listed() {
        return given().queryParam("category", category).get("/api/faqs").then().statusCode(200);
    }

    private static ValidatableResponse match(String question) {
        return given().queryParam("q", question).get("/api/faqs/match").then().statusCode(200);
    }

    private static RequestSpecification json() {
        return given().contentType("application/json");
    }
}
