package dev.frontdesk.idempotency;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A POST that honours {@code Idempotency-Key}: the work and the answer are stored in one transaction, so that the same key
 * and body get the first answer again, also when a crash swallowed it. Another body under the same key is a 422, a key
 * whose first request still runs a 409. Keys are kept for 24 hours; what failed is not kept and may be tried again.
 *
 * <p>For resource methods that return {@code Uni<RestResponse<T>>} and whose work runs in {@code Tenant.transaction} or, where
 * {@link #sql} says so, in {@code Tenant.sql}: the key is part of that transaction, and its connection the only one held.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Idempotent {

    /** Whether the work runs in {@code Tenant.sql}. */
    @Nonbinding
    boolean sql() default false;
}
