package dev.frontdesk.idempotency;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.RestResponse;

/** Puts {@link IdempotencyKeys} in front of a resource method when the request names a key. */
@Idempotent
@Interceptor
// After Quarkus' validation (4800): what is no valid request takes no key.
@Priority(Interceptor.Priority.PLATFORM_AFTER + 900)
class IdempotentInterceptor {

    private final IdempotencyKeys keys;
    private final HttpServerRequest request;

    IdempotentInterceptor(IdempotencyKeys keys, HttpServerRequest request) {
        this.keys = keys;
        this.request = request;
    }

    @AroundInvoke
    Object once(InvocationContext call) throws Exception {
        String key = request.getHeader("Idempotency-Key");
        if (key == null) {
            return call.proceed();
        }
        String hash = keys.hash(request.method() + " " + request.path(), call.getParameters());
        return keys.once(
                key,
                hash,
                entity(call),
                call.getMethod().getAnnotation(Idempotent.class).value(),
                () -> proceed(call));
    }

    /** The {@code T} of {@code Uni<RestResponse<T>>}. */
    private static Type entity(InvocationContext call) {
        ParameterizedType uni = (ParameterizedType) call.getMethod().getGenericReturnType();
        return ((ParameterizedType) uni.getActualTypeArguments()[0]).getActualTypeArguments()[0];
    }

    @SuppressWarnings("unchecked")
    private static Uni<RestResponse<Object>> proceed(InvocationContext call) {
        try {
            return (Uni<RestResponse<Object>>) call.proceed();
        } catch (Exception e) {
            return Uni.createFrom().failure(e);
        }
    }
}
