package dev.frontdesk.bench;

import dev.frontdesk.local.Service;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongFunction;

/**
 * One hot path: how to ask for it, and what makes its statement new each time pgbench runs it.
 *
 * @param name as the table prints it
 * @param prepare what has to be there first
 * @param calls the bytes of the n-th request; different n, different things
 * @param fresh for the n-th request and its answer: texts among the statement's arguments, and the SQL expression ({@code :n}
 *     is a fresh random number) that takes their place
 * @param count rows that must have been added for every 2xx
 */
record Workload(
        String name,
        Service service,
        Runnable prepare,
        LongFunction<byte[]> calls,
        BiFunction<Long, String, Map<String, String>> fresh,
        String count) {}
