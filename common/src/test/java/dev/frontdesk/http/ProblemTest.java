package dev.frontdesk.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void aProblemReadsTypeTitleStatusDetailThenMembers() {
        Problem problem = new Conflict("The slot is taken").type("slot-taken").with("alternatives", List.of(1));
        assertThat(new String(ProblemMapper.bytes(problem), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"type\":\"https://frontdesk.dev/problems/slot-taken\",\"title\":\"Conflict\",\"status\":409,"
                                + "\"detail\":\"The slot is taken\",\"alternatives\":[1]}");
    }

    @Test
    void aFieldViolationNamesTheField() {
        assertThat(Unprocessable.field("service_type", "unknown").body())
                .containsEntry("detail", "service_type: unknown")
                .containsEntry("violations", List.of(new Violation("service_type", "unknown")));
    }

    @Test
    void retryAfterIsWholeSecondsAndNeverZero() {
        assertThat(new TooManyRequests(Duration.ofMillis(1_001)).headers()).containsEntry("Retry-After", "2");
        assertThat(new Unavailable("later", Duration.ZERO).headers()).containsEntry("Retry-After", "1");
    }

    @Test
    void aProblemIsFoundUnderWhateverWrapsIt() {
        Problem problem = new NotFound("no booking");
        assertThat(ProblemMapper.problem(new CompletionException(new IllegalStateException(problem)), List.of()))
                .isSameAs(problem);
    }

    @Test
    void aFaultOfOursTellsNothing() {
        Problem problem = ProblemMapper.problem(new PgException("secret", "ERROR", "42P01", null), List.of());
        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.body().toString()).contains("instance=urn:uuid:").doesNotContain("secret");
    }

    @Test
    void theDatabaseSpeaksInStatuses() {
        assertThat(statusOf("57P01")).isEqualTo(503);
        assertThat(statusOf("08006")).isEqualTo(503);
        assertThat(statusOf("53300")).isEqualTo(503);
        assertThat(statusOf("25006")).isEqualTo(503);
        assertThat(statusOf("23505")).isEqualTo(409);
        assertThat(statusOf("23P01")).isEqualTo(409);
        assertThat(statusOf("22021")).isEqualTo(422);
        assertThat(statusOf("42501")).isEqualTo(500);
    }

    @Test
    void aMalformedIdInThePathIs404AndInTheQuery400() {
        NotFoundException failure = new NotFoundException(new IllegalArgumentException("Invalid UUID string: abc"));
        assertThat(ProblemMapper.problem(failure, List.of("abc")).status()).isEqualTo(404);
        assertThat(ProblemMapper.problem(failure, List.of("other")).status()).isEqualTo(400);
        assertThat(ProblemMapper.problem(new NotFoundException(), List.of()).status())
                .isEqualTo(404);
    }

    @Test
    void aRefusedMethodKeepsItsAllowHeader() {
        Problem problem = ProblemMapper.problem(
                new NotAllowedException(
                        Response.status(405).header("Allow", "GET").build()),
                List.of());
        assertThat(problem.status()).isEqualTo(405);
        assertThat(problem.headers()).containsEntry("Allow", "GET");
        assertThat(problem.type()).hasToString("https://frontdesk.dev/problems/method-not-allowed");
    }

    /** Of the driver's failure, and of Hibernate's with the same SQLSTATE. */
    private static int statusOf(String sqlState) {
        int driver = status(new PgException("m", "ERROR", sqlState, null));
        assertThat(status(new SQLException("m", sqlState))).isEqualTo(driver);
        return driver;
    }

    private static int status(Exception cause) {
        return ProblemMapper.problem(new IllegalStateException(cause), List.of())
                .status();
    }
}
