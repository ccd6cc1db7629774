package dev.frontdesk.analytics.dashboard;

import dev.frontdesk.settings.Clients;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What the page needs besides its files: headers that let it do nothing but talk to us and to the issuer, and
 * {@code /static/page.json}, which says how one signs in and, where everybody is staff, which clients there are.
 */
@ApplicationScoped
class Dashboard {

    /** Before Quarkus serves any file. */
    private static final int EARLY = 1_000;

    private final String policy;
    private final String settings;

    Dashboard(
            Clients clients,
            @ConfigProperty(name = "frontdesk.security") String security,
            @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer,
            @ConfigProperty(name = "frontdesk.jwt.client-claim") String clientClaim,
            @ConfigProperty(name = "frontdesk.dashboard.oidc-client") String oidcClient,
            @ConfigProperty(name = "frontdesk.dashboard.oidc-scope") String oidcScope) {
        boolean open = security.equals("open");
        policy = policy(issuer.filter(it -> !open));
        settings = open
                ? new JsonObject()
                        .put("security", security)
                        .put("clients", clients(clients.all()))
                        .encode()
                : new JsonObject()
                        .put("security", security)
                        .put(
                                "oidc",
                                new JsonObject()
                                        .put("authority", issuer.orElse(""))
                                        .put("client_id", oidcClient)
                                        .put("scope", oidcScope)
                                        .put("client_claim", clientClaim))
                        .encode();
    }

    void guard(@Observes Filters filters) {
        filters.register(this::addHeaders, EARLY);
    }

    void serve(@Observes Router router) {
        router.get("/static/page.json")
                .handler(request -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(settings));
    }

    private void addHeaders(RoutingContext request) {
        String path = request.normalizedPath();
        if (path.equals("/") || path.startsWith("/static/")) {
            request.response()
                    .putHeader("Content-Security-Policy", policy)
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Referrer-Policy", "no-referrer")
                    .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                    .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
            if (!path.startsWith("/static/bundle/")) {
                request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            }
        }
        request.next();
    }

    /** Own scripts, styles and fonts only; no inline code, no frames; requests to us and to the issuer only. */
    private static String policy(Optional<String> issuer) {
        String origin = issuer.map(URI::create)
                .map(it -> " " + it.getScheme() + "://" + it.getAuthority())
                .orElse("");
        return "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; media-src"
                + " 'self' blob:; connect-src 'self'" + origin
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static JsonArray clients(Map<String, Clients.Client> clients) {
        JsonArray all = new JsonArray();
        clients.entrySet().stream()
                .sorted(Map.Entry.<String, Clients.Client>comparingByKey(Dashboard::defaultFirst))
                .forEach(it -> all.add(ClientResource.view(it.getKey(), it.getValue())));
        return all;
    }

    private static int defaultFirst(String one, String other) {
        return one.equals(other) ? 0 : one.equals("default") ? -1 : other.equals("default") ? 1 : one.compareTo(other);
    }
}
