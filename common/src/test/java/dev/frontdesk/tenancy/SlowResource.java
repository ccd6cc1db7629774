package dev.frontdesk.tenancy;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.server.Cancellable;

/** An export as the services write them, page after page, whose pages take a while and never end. */
@Path("/slow")
@Cancellable(false)
public class SlowResource {

    private static final String PAGE = "select repeat('x', 4000) from pg_sleep(0.03)";

    @Inject
    Tenant tenant;

    @GET
    @Path("panache")
    @Produces("text/csv")
    public Multi<String> panache() {
        return endless(() -> tenant.transaction(
                "acme",
                () -> Panache.getSession()
                        .chain(session ->
                                session.createNativeQuery(PAGE, String.class).getSingleResult())));
    }

    @GET
    @Path("sql")
    @Produces("text/csv")
    public Multi<String> sql() {
        return endless(() -> tenant.sql(
                "acme",
                connection -> connection
                        .query(PAGE)
                        .execute()
                        .map(rows -> rows.iterator().next().getString(0))));
    }

    private static Multi<String> endless(Supplier<Uni<? extends String>> page) {
        return Multi.createBy().repeating().uni(page).indefinitely();
    }
}
