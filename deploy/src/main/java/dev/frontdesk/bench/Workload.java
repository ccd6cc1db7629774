package dev.frontdesk.bench;

import dev.frontdesk.local.Service;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * One hot path: how to ask for it, and what makes its statement new each time pgbench runs it.
 *
 * @param name as the table prints it
 * @param prepare what has to be there first
 * @param calls the bytes of the n-th request, from 1; different n, different things
 * @param answered whether a 2xx says what it should
 * @param fresh for the n-th request and its answer: what else there would be in another request
 * @param count counts the rows that it adds
 * @param rows how many of them every 2xx must have added
 * @param peers whether there are peers that do the same
 */
record Workload(
        String name,
        Service service,
        Runnable prepare,
        LongFunction<byte[]> calls,
        Predicate<HttpConnection> answered,
        BiFunction<Long, String, List<Token>> fresh,
        String count,
        int rows,
        boolean peers) {

    /** One that writes: every 2xx is good, and has left one row. */
    static Workload writing(
            String name,
            Service service,
            Runnable prepare,
            LongFunction<byte[]> calls,
            BiFunction<Long, String, List<Token>> fresh,
            String count,
            boolean peers) {
        return new Workload(name, service, prepare, calls, answer -> true, fresh, count, 1, peers);
    }
}
