package dev.frontdesk.call.recording;

import dev.frontdesk.call.reconcile.ProviderApi;
import dev.frontdesk.http.Forbidden;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.http.Unavailable;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.settings.Clients.Retell;
import dev.frontdesk.settings.Clients.Twilio;
import dev.frontdesk.settings.Clients.Vapi;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Recordings, fetched from where the provider keeps them: from known hosts only, with our credentials, never by the browser. */
@ApplicationScoped
class Recordings {

    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Tenant tenant;
    private final HttpClient http;
    private final Set<String> hosts;

    Recordings(
            Tenant tenant, Vertx vertx, @ConfigProperty(name = "frontdesk.calls.recording-hosts") List<String> hosts) {
        this.tenant = tenant;
        this.http = vertx.createHttpClient();
        this.hosts = Set.copyOf(hosts);
    }

    /** The provider's address of the recording; 404 where there is none, 403 where the caller did not consent. */
    Uni<URI> of(String clientId, UUID callId) {
        return tenant.sql(
                        clientId,
                        connection -> connection
                                .preparedQuery("select recording_url, recording_consent from calls where id = $1")
                                .execute(Tuple.of(callId)))
                .map(rows -> {
                    if (rows.size() == 0 || rows.iterator().next().getString(0) == null) {
                        throw new NotFound("There is no recording of such a call");
                    }
                    return address(rows.iterator().next());
                });
    }

    private static URI address(Row row) {
        if (Boolean.FALSE.equals(row.getBoolean(1))) {
            throw new Forbidden("The caller did not consent to the recording");
        }
        return uri(row.getString(0));
    }

    /** Providers and staff write addresses; not all of them are any. */
    private static URI uri(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException notAnAddress) {
            throw new NotFound("The recording has no address that it could be fetched from");
        }
    }

    /** The recording's bytes, as the provider sends them. */
    Uni<HttpClientResponse> open(Client client, URI address) {
        return open(client, address, MOST_REDIRECTS);
    }

    private Uni<HttpClientResponse> open(Client client, URI address, int redirects) {
        if (!isAllowed(client, address)) {
            throw new Forbidden("The recording is not at a host that recordings are fetched from");
        }
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(address.toString())
                .setFollowRedirects(false)
                .setTimeout(15_000);
        client.twilio()
                .filter(account -> isAt(account.apiUrl(), address))
                .ifPresent(account -> options.putHeader(
                        "Authorization",
                        ProviderApi.basic(
                                account.accountSid(), account.authToken().get(0))));
        return http.request(options)
                .chain(request -> request.send())
                .onFailure()
                .transform(e -> new Unavailable("The provider does not hand the recording over right now"))
                .chain(response -> followed(client, address, response, redirects));
    }

    private Uni<HttpClientResponse> followed(Client client, URI address, HttpClientResponse response, int redirects) {
        if (response.statusCode() == 200) {
            return Uni.createFrom().item(response);
        }
        String location = response.getHeader("Location");
        if (REDIRECTS.contains(response.statusCode()) && location != null && redirects > 0) {
            return open(client, address.resolve(uri(location)), redirects - 1);
        }
        throw response.statusCode() == 404
                ? new NotFound("The provider does not have the recording any more")
                : new Unavailable("The provider does not hand the recording over right now");
    }

    /** Known hosts by https at its own port, or where the client's settings say a provider is; never as somebody. */
    private boolean isAllowed(Client client, URI address) {
        boolean configured = Stream.of(
                        client.twilio().map(Twilio::apiUrl),
                        client.vapi().map(Vapi::apiUrl),
                        client.retell().map(Retell::apiUrl))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet())
                .stream()
                .anyMatch(url -> isAt(url, address));
        boolean known = "https".equals(address.getScheme())
                && Set.of(-1, 443).contains(address.getPort())
                && address.getHost() != null
                && hosts.contains(address.getHost());
        return (configured || known) && address.getRawUserInfo() == null;
    }

    private static boolean isAt(URI base, URI address) {
        return base.getScheme().equals(address.getScheme())
                && base.getHost().equals(address.getHost())
                && base.getPort() == address.getPort();
    }
}
