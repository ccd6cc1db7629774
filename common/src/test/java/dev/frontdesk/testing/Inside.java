package dev.frontdesk.testing;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Runs reactive code as a request would, on a Vert.x context of its own, and waits for what it answers. */
public final class Inside {

    private Inside() {}

    /** The item of the {@code Uni}, or its failure if unchecked. */
    public static <T> T aRequest(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
