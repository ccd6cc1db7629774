package dev.frontdesk.idempotency;

import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** A thing that can be made, for the tests of what every resource relies on. */
@Path("/api/probes")
@Cancellable(false)
public class ProbeResource {

    static final AtomicInteger MADE = new AtomicInteger();

    public record NewProbe(String name) {}

    public record ProbeView(int number, String name, Instant madeAt, BigDecimal price) {}

    private final Tenant tenant;

    ProbeResource(Tenant tenant) {
        this.tenant = tenant;
    }

    @POST
    @Idempotent
    public Uni<RestResponse<ProbeView>> make(NewProbe asked) {
        return tenant.transaction(() -> pause(0.05)).map(slept -> {
            if ("bad".equals(asked.name())) {
                throw new Unprocessable("bad is no name");
            }
            int number = MADE.incrementAndGet();
            ProbeView made = new ProbeView(number, asked.name(), Instant.now(), new BigDecimal("12.50"));
            return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, made)
                    .location(URI.create("/api/probes/" + number))
                    .header("ETag", "\"1\"")
                    .build();
        });
    }

    /** As {@link #make}, without Hibernate, in two transactions that a key makes one. */
    @POST
    @Path("sql")
    @Idempotent(Idempotent.Work.SQL)
    public Uni<RestResponse<ProbeView>> makeWithSql(NewProbe asked) {
        String clientId = tenant.id();
        return tenant.sql(
                        clientId,
                        connection -> connection
                                .preparedQuery("insert into probes (name) values ($1) returning pg_sleep(0.05)::text")
                                .execute(Tuple.of(asked.name())))
                .chain(() -> tenant.sql(
                        clientId,
                        connection -> connection
                                .preparedQuery("select count(*)::int from probes where name = $1")
                                .execute(Tuple.of(asked.name()))))
                .map(rows -> {
                    if ("bad".equals(asked.name())) {
                        throw new Unprocessable("bad is no name");
                    }
                    int number = rows.iterator().next().getInteger(0);
                    return RestResponse.ok(new ProbeView(number, asked.name(), Instant.now(), new BigDecimal("12.50")));
                });
    }

    @GET
    @Path("slow")
    public Uni<String> slow() {
        return tenant.transaction(() -> pause(0.02)).replaceWith("done");
    }

    private static Uni<Object> pause(double seconds) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("select cast(pg_sleep(?1) as text)", Object.class)
                        .setParameter(1, seconds)
                        .getSingleResult());
    }
}
