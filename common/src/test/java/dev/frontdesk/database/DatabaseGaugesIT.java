package dev.frontdesk.database;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testing.CommonProfile;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(CommonProfile.class)
@QuarkusTestResource(Infrastructure.class)
class DatabaseGaugesIT {

    @Test
    void theSeedsFiveNumbersAreShownForEveryDatabase() {
        await().untilAsserted(() -> assertThat(given().get("/q/metrics").asString())
                .containsPattern("frontdesk_database_table_bytes\\{.*table=\"outbox\".*} [1-9]")
                .containsPattern("frontdesk_database_table_rows\\{.*table=\"outbox\"")
                .containsPattern("frontdesk_database_table_index_scans\\{.*table=\"idempotency_keys\"")
                .containsPattern("frontdesk_database_connections\\{.*state=\"limit\".*} [1-9]")
                .containsPattern("frontdesk_database_connections\\{.*state=\"(active|idle|hidden)\"")
                .containsPattern("(?m)^frontdesk_database_cache_hit_ratio.* (0\\.[0-9]+|1\\.0)$")
                .containsPattern("frontdesk_database_query_seconds.* [0-9.E-]+")
                .containsPattern("frontdesk_database_queries.* [1-9]")
                .containsPattern("frontdesk_database_size_bytes.* [1-9]"));
    }
}
