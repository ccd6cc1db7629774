package dev.frontdesk.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where a failure becomes an answer, always {@code application/problem+json}. */
class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper({
        Throwable.class,
        Problem.class,
        ConstraintViolationException.class,
        MismatchedInputException.class,
        JacksonException.class,
        WebApplicationException.class,
        NotFoundException.class,
        UnauthorizedException.class,
        ForbiddenException.class,
        AuthenticationFailedException.class,
        AuthenticationCompletionException.class
    })
    public Response answer(Throwable failure, UriInfo uri) {
        return response(problem(failure, pathValues(uri)));
    }

    /** The problem to show; one that is nobody's but ours is logged under the {@code instance} it shows. */
    static Problem problem(Throwable failure, Collection<String> pathValues) {
        return Diagnosis.of(failure, pathValues).map(ProblemMapper::noted).orElseGet(() -> {
            String instance = "urn:uuid:" + UUID.randomUUID();
            LOG.errorf(failure, "Request failed, instance %s", instance);
            return OtherProblem.of(500, "Something went wrong here; quote the instance when you report it")
                    .with("instance", instance);
        });
    }

    /** The problem's bytes: written here, so that no negotiation or content type of the resource can change them. */
    static byte[] bytes(Problem problem) {
        try {
            return Json.mapper().writeValueAsBytes(problem.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem's members must be JSON", e);
        }
    }

    private static Response response(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(bytes(problem));
        problem.headers().forEach(answer::header);
        return answer.build();
    }

    private static Problem noted(Problem problem) {
        if (problem.status() >= 500) {
            LOG.warnf("Answered %d: %s", problem.status(), problem.getMessage());
        }
        return problem;
    }

    private static Collection<String> pathValues(UriInfo uri) {
        return uri == null
                ? List.of()
                : uri.getPathParameters().values().stream()
                        .flatMap(List::stream)
                        .toList();
    }
}
