package dev.frontdesk.analytics.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class PageIT {

    @Test
    void thePageIsServedWithAStrictPolicyAndWithoutInlineCode() {
        String page = given().get("/")
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .header("Cache-Control", "no-cache")
                .extract()
                .asString();
        assertThat(page).doesNotContain("<style", "onload=", "http://", "https://");
        assertThat(Pattern.compile("<script(?![^>]*src=)").matcher(page).find()).isFalse();
    }

    @Test
    void whatThePageNamesIsServedFromTheSameHost() {
        Matcher names = Pattern.compile("(?:src|href)=\"(/static/[^\"]+)\"")
                .matcher(given().get("/").asString());
        int found = 0;
        while (names.find()) {
            given().get(names.group(1)).then().statusCode(200).header("X-Content-Type-Options", "nosniff");
            found++;
        }
        assertThat(found).isGreaterThanOrEqualTo(4);
    }

    @Test
    void inOpenModeThePageLearnsWhichClientsThereAreAndNoSecret() {
        given().get("/static/page.json")
                .then()
                .statusCode(200)
                .body("security", is("open"))
                .body("clients[0].id", is("default"))
                .body("clients.id", hasItems("default", "acme"))
                .body("clients.find { it.id == 'acme' }.time_zone", is("Europe/Berlin"))
                .body(not(containsString("token")));
    }

    @Test
    void staffLearnHowTheirOwnClientWritesTimesAndMoney() {
        given().header("X-Client-Id", "acme")
                .get("/api/analytics/client")
                .then()
                .statusCode(200)
                .body("id", is("acme"))
                .body("currency", is("EUR"))
                .body("region", is("DE"));
    }
}
