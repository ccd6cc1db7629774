package dev.frontdesk.security;

import dev.frontdesk.http.Forbidden;
import dev.frontdesk.http.Unauthorized;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.tenancy.Trace;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets staff in under {@code /api}: verifies the token, takes the client and the role from it, and binds the client. A
 * viewer may read only. In {@code open} mode, for a laptop, nobody is asked and {@code X-Client-Id} chooses the client.
 */
class StaffFilter {

    private static final Logger LOG = Logger.getLogger(StaffFilter.class);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Tenant tenant;
    private final Clients clients;
    private final RateLimits limits;
    private final CurrentIdentityAssociation identity;
    private final boolean open;
    private final String clientClaim;
    private final Optional<String> issuer;

    StaffFilter(
            Tenant tenant,
            Clients clients,
            RateLimits limits,
            CurrentIdentityAssociation identity,
            @ConfigProperty(name = "frontdesk.security") String security,
            @ConfigProperty(name = "frontdesk.jwt.client-claim") String clientClaim,
            @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer) {
        this.tenant = tenant;
        this.clients = clients;
        this.limits = limits;
        this.identity = identity;
        this.open = switch (security) {
            case "open" -> true;
            case "jwt" -> false;
            default -> throw new IllegalStateException("frontdesk.security must be jwt or open, not " + security);
        };
        this.clientClaim = clientClaim;
        this.issuer = issuer;
    }

    void start(@Observes StartupEvent started) {
        if (open) {
            LOG.warn("frontdesk.security=open: everybody who reaches this port is staff");
        } else if (issuer.isEmpty()) {
            throw new IllegalStateException("frontdesk.security=jwt needs mp.jwt.verify.issuer and"
                    + " mp.jwt.verify.publickey.location (the issuer's JWKS); set MP_JWT_VERIFY_ISSUER and"
                    + " MP_JWT_VERIFY_PUBLICKEY_LOCATION");
        }
    }

    @ServerRequestFilter
    public Uni<Void> admit(ContainerRequestContext request) {
        Trace.enter(request.getHeaderString("traceparent"));
        String path = request.getUriInfo().getPath();
        if (!path.startsWith("/api/") || path.startsWith("/api/webhooks/")) {
            // A provider's caller is the client, which its path names.
            limits.take(path, path);
            return Uni.createFrom().voidItem();
        }
        boolean reading = READING.contains(request.getMethod());
        if (open) {
            String asked = request.getHeaderString("X-Client-Id");
            admit(new Caller(asked == null ? "default" : asked, "local", Role.CLIENT_ADMIN), reading);
            return Uni.createFrom().voidItem();
        }
        return identity.getDeferredIdentity()
                .onFailure(AuthenticationFailedException.class)
                .transform(e -> new Unauthorized("The bearer token is not valid here"))
                .map(this::caller)
                .invoke(caller -> limits.take(path, caller.clientId() + ' ' + caller.name()))
                .invoke(caller -> admit(caller, reading))
                .replaceWithVoid();
    }

    private void admit(Caller caller, boolean reading) {
        if (!reading && !caller.role().includes(Role.CLIENT_ADMIN)) {
            throw new Forbidden("A viewer may read only");
        }
        clients.get(caller.clientId());
        caller.enter();
        if (open) {
            tenant.enter(caller.clientId());
        } else {
            tenant.enter(caller.clientId(), caller.name());
        }
    }

    private Caller caller(SecurityIdentity who) {
        if (who.isAnonymous() || !(who.getPrincipal() instanceof JsonWebToken token)) {
            throw new Unauthorized("Send a bearer token");
        }
        String client =
                claim(token).orElseThrow(() -> new Forbidden("The token names no client (claim " + clientClaim + ")"));
        Role role = Role.highest(token.getGroups())
                .orElseThrow(() -> new Forbidden("The token has none of the groups super_admin, client_admin, viewer"));
        return new Caller(client, token.getName() == null ? token.getSubject() : token.getName(), role);
    }

    /** The claim that names the client; a slash leads into a claim that is an object: {@code app_metadata/client_id}. */
    private Optional<String> claim(JsonWebToken token) {
        String[] path = clientClaim.split("/");
        Object here = token.getClaim(path[0]);
        for (int i = 1; i < path.length; i++) {
            here = here instanceof JsonObject object ? object.get(path[i]) : null;
        }
        return Optional.ofNullable(here)
                .map(it -> it instanceof JsonString text ? text.getString() : it.toString())
                .filter(it -> !it.isBlank());
    }
}
