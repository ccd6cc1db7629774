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
 * <p>For resource methods that return {@code Uni<RestResponse<T>>}; where their work runs is the {@link #value}.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Idempotent {

    @Nonbinding
    Work value() default Work.PANACHE;

    /** Where the work runs, and how the key goes with it. */
    enum Work {
        /** In {@code Tenant.transaction}: the key is part of it, and its connection the only one held. */
        PANACHE,
        /** In {@code Tenant.sql}, likewise. */
        SQL,
        /**
         * With somebody else, who may have done it although their answer got lost. The key is taken first, in a transaction of its
         * own, and no connection is held meanwhile; taken and without an answer it is a 409. A refusal (422) gives it back.
         */
        ELSEWHERE
    }
}
