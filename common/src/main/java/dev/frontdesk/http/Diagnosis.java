package dev.frontdesk.http;

import com.fasterxml.jackson.core.JacksonException;
import dev.frontdesk.database.Outage;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.pgclient.PgException;
import jakarta.persistence.OptimisticLockException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.StaleStateException;

/** What a failure means to the caller; empty when it is our own fault, whose text nobody outside may read. */
final class Diagnosis {
    private static final String LATER = "The service cannot do this just now; try again shortly";

    /** SQLSTATEs of values no column can hold: too long, out of range, NUL in a text. */
    private static final Set<String> UNSTORABLE = Set.of("22001", "22003", "22008", "22021", "22P05");

    /** How Quarkus REST begins when it cannot read {@code Accept}. */
    private static final String NO_MEDIA_TYPE = "Failed to parse media type";

    private Diagnosis() {}

    /**
     * Walks the causes until one is understood.
     *
     * @param pathValues the values of the path's parameters: an id nobody could have is a thing nobody has
     */
    static Optional<Problem> of(Throwable failure, Collection<String> pathValues) {
        return causes(failure)
                .map(cause -> understand(cause, pathValues))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20);
    }

    private static Problem understand(Throwable cause, Collection<String> pathValues) {
        if (cause instanceof Problem problem) {
            return problem;
        } else if (cause instanceof ConstraintViolationException violations) {
            return Violations.of(violations);
        } else if (cause instanceof JacksonException unreadable) {
            return Unreadable.of(unreadable);
        } else if (cause instanceof WebApplicationException refused) {
            return refusal(refused, pathValues);
        } else if (cause instanceof UnauthorizedException
                || cause instanceof AuthenticationFailedException
                || cause instanceof AuthenticationCompletionException) {
            return new Unauthorized("A valid bearer token is needed");
        } else if (cause instanceof ForbiddenException) {
            return new Forbidden("Your role may not do this");
        } else if (cause instanceof OptimisticLockException || cause instanceof StaleStateException) {
            return new Conflict("It was changed by someone else at the same moment; read it again");
        } else if (Outage.is(cause)) {
            return new Unavailable(LATER);
        } else if (cause instanceof IllegalArgumentException
                && String.valueOf(cause.getMessage()).startsWith(NO_MEDIA_TYPE)) {
            return OtherProblem.of(406, null);
        }
        if (cause instanceof PgException refused) {
            return database(refused.getSqlState());
        }
        // Hibernate Reactive puts this in the driver's place.
        return cause instanceof SQLException refused ? database(refused.getSQLState()) : null;
    }

    private static Problem database(String sqlState) {
        if (sqlState == null) {
            return null;
        } else if (UNSTORABLE.contains(sqlState)) {
            return new Unprocessable("A value is too long, out of range, or holds a character that cannot be stored");
        }
        return switch (sqlState) {
            case "23505", "23P01" -> new Conflict("Another row already claims this");
            default -> null;
        };
    }

    private static Problem refusal(WebApplicationException refused, Collection<String> pathValues) {
        Throwable cause = refused.getCause();
        if (cause instanceof JacksonException unreadable) {
            return Unreadable.of(unreadable);
        }
        int status = refused.getResponse().getStatus();
        if (refused instanceof NotFoundException && cause != null && !isAbout(cause, pathValues)) {
            // Quarkus REST answers 404 for any parameter it cannot convert; only one of the path names a thing.
            return new BadRequest("A query parameter is malformed");
        }
        Problem problem =
                switch (status) {
                    case 400 -> new BadRequest("The request cannot be read");
                    case 401 -> new Unauthorized("A valid bearer token is needed");
                    case 403 -> new Forbidden("Your role may not do this");
                    case 404 -> new NotFound("There is no such thing");
                    case 413 -> new TooLarge("The body is too large");
                    case 415 -> new UnsupportedMedia("This path does not take the body's media type");
                    case 500 -> null;
                    default -> OtherProblem.of(status, null);
                };
        Object allow = refused.getResponse().getHeaders().getFirst("Allow");
        return problem == null || allow == null ? problem : problem.header("Allow", allow.toString());
    }

    private static boolean isAbout(Throwable cause, Collection<String> pathValues) {
        String text = String.valueOf(cause.getMessage());
        return cause.getMessage() == null
                || pathValues.stream().filter(it -> !it.isEmpty()).anyMatch(text::contains);
    }
}
