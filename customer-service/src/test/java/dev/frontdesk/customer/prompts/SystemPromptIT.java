package dev.frontdesk.customer.prompts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class SystemPromptIT {

    private static final Database DB = Database.asSuperuser("customer");

    @Test
    void versionsAreWrittenActivatedComparedAndRolledBack() {
        String first = write("voice", "You are {{business_name}}.\nBe kind.")
                .body("is_active", equalTo(false))
                .extract()
                .path("id");
        String second = write("voice", "You are {{business_name}}.\nBe short.")
                .extract()
                .path("id");
        given().header("If-Match", "\"9\"")
                .post("/api/system-prompts/" + first + "/activation")
                .then()
                .statusCode(412);
        activate(first).body("is_active", equalTo(true));
        activate(second).body("is_active", equalTo(true));
        activate(second).statusCode(200);
        given().queryParam("prompt_type", "voice")
                .queryParam("is_active", true)
                .get("/api/system-prompts")
                .then()
                .body("items.id", contains(second));
        given().queryParam("with", second)
                .get("/api/system-prompts/" + first + "/diff")
                .then()
                .statusCode(200)
                .body("from.id", equalTo(first))
                .body("lines.op", contains("equal", "delete", "insert"))
                .body("lines.text", contains("You are {{business_name}}.", "Be kind.", "Be short."));

        given().header("If-Match", "\"1\"")
                .post("/api/system-prompts/" + first + "/rollback")
                .then()
                .statusCode(412);
        String third = given().post("/api/system-prompts/" + first + "/rollback")
                .then()
                .statusCode(201)
                .body("system_prompt", equalTo("You are {{business_name}}.\nBe kind."))
                .body("is_active", equalTo(true))
                .extract()
                .path("id");
        assertThat(third).isNotIn(first, second);
        await().untilAsserted(
                        () -> assertThat(Topic.named("frontdesk.system-prompts").messages("default:voice"))
                                .extracting(Topic.Message::value)
                                .anySatisfy(it -> assertThat(it).contains(first))
                                .anySatisfy(it -> assertThat(it).contains(second))
                                .last()
                                .asString()
                                .contains(third));
        assertThatThrownBy(
                        () -> DB.run("update system_prompts set system_prompt = 'x' where id = cast(? as uuid)", first))
                .hasMessageContaining("never changes");
    }

    @Test
    void ofManyActivationsAtOnceOneIsActiveAndTheEventsSayWhich() {
        List<String> ids = Stream.of("One.", "Two.", "Three.", "Four.")
                .map(text -> write("sms", text).extract().<String>path("id"))
                .toList();
        CompletableFuture.allOf(ids.stream()
                        .map(id -> CompletableFuture.runAsync(() -> activate(id)))
                        .toArray(CompletableFuture[]::new))
                .join();
        List<String> active = given().queryParam("prompt_type", "sms")
                .queryParam("is_active", true)
                .get("/api/system-prompts")
                .then()
                .extract()
                .path("items.id");
        assertThat(active).hasSize(1);
        await().untilAsserted(
                        () -> assertThat(Topic.named("frontdesk.system-prompts").messages("default:sms"))
                                .hasSizeGreaterThanOrEqualTo(4)
                                .last()
                                .extracting(Topic.Message::value)
                                .asString()
                                .contains(active.get(0)));
        assertThat(DB.count("""
                        select count(distinct version) - max(version) from prompt_activations
                        where client_id = 'default' and prompt_type = 'sms'
                        """)).as("one number per activation, none left out").isZero();
    }

    @Test
    void aPreviewIsFilledWithTodaysValues() {
        String id = write(
                        "voice",
                        "{{business_name}}: today is {{today}} in {{time_zone}}. {{services}}. {{opening_hours}}. {{faqs}}")
                .extract()
                .path("id");
        given().get("/api/system-prompts/" + id + "/preview")
                .then()
                .statusCode(200)
                .body("text", containsString("Clean & Fold: today is "))
                .body("text", containsString("in America/New_York."))
                .body("text", not(containsString("{{")))
                .body("text", containsString("Regular pickup (regular) 15.00 USD plus 8.00 per load, 30 minutes"))
                .body("text", containsString("monday 08:00 to 20:00"))
                .body("unknown", empty())
                .body("values.currency", equalTo("USD"));
    }

    @Test
    void aPreviewSaysWhatBookingServiceDidNotTell() {
        String id = given().header("X-Client-Id", "acme")
                .contentType("application/json")
                .body(Map.of("prompt_type", "sms", "system_prompt", "{{business_name}}: {{services}}"))
                .post("/api/system-prompts")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        given().header("X-Client-Id", "acme")
                .get("/api/system-prompts/" + id + "/preview")
                .then()
                .statusCode(200)
                .body("text", containsString("not known now"))
                .body("unknown", contains("services", "opening_hours"));
    }

    @Test
    void theNextNumberFollowsTheHighestWhicheverWasWrittenLast() {
        for (String number : List.of("v7.10.9", "v7.9.10", "zz final")) {
            DB.run(
                    "insert into system_prompts (client_id, prompt_type, system_prompt, prompt_version, is_active) values ('acme', 'voice', ?, ?, false)",
                    "Of " + number,
                    number);
        }
        given().header("X-Client-Id", "acme")
                .contentType("application/json")
                .body(Map.of("prompt_type", "voice", "system_prompt", "Of the next"))
                .post("/api/system-prompts")
                .then()
                .statusCode(201)
                .body("prompt_version", equalTo("v7.10.10"));
    }

    @Test
    void aNulCharacterIsNoText() {
        post("sms", "a\0b").statusCode(422).body("violations.field", contains("system_prompt"));
    }

    @Test
    void whatCannotBeFilledOrIsOfNoKnownTypeIsRefused() {
        post("voice", "Hello {{buisness_name}}")
                .statusCode(422)
                .body("violations[0].field", equalTo("system_prompt"))
                .body("violations[0].message", containsString("business_name"));
        post("fax", "Hello").statusCode(422).body("violations.field", contains("prompt_type"));
        given().queryParam("prompt_type", "fax")
                .get("/api/system-prompts")
                .then()
                .statusCode(400);
        String id = write("voice", "Mine.").extract().path("id");
        given().header("X-Client-Id", "acme")
                .get("/api/system-prompts/" + id)
                .then()
                .statusCode(404);
        given().header("X-Client-Id", "acme")
                .post("/api/system-prompts/" + id + "/activation")
                .then()
                .statusCode(404);
        given().header("X-Client-Id", "acme").get("/api/system-prompts").then().body("items.id", not(hasItem(id)));
    }

    private static ValidatableResponse write(String type, String text) {
        return post(type, text).statusCode(201);
    }

    private static ValidatableResponse post(String type, String text) {
        return given().contentType("application/json")
                .body(Map.of("prompt_type", type, "system_prompt", text))
                .post("/api/system-prompts")
                .then();
    }

    private static ValidatableResponse activate(String id) {
        return given().post("/api/system-prompts/" + id + "/activation").then().statusCode(200);
    }
}
