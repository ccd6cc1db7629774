package dev.frontdesk.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import dev.frontdesk.dashboard.Chromium;
import dev.frontdesk.local.SecondInstance;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.testing.Broker;
import dev.frontdesk.testing.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real Keycloak signs people in to the API and the page. {@code mvn verify -Pkeycloak} fetches it; else skipped. */
class KeycloakIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PORT = Broker.freePort();
    private static final String REALM = "http://localhost:" + PORT + "/realms/frontdesk";
    private static final Map<String, String> SIGNED_IN = Map.of(
            "FRONTDESK_SECURITY",
            "jwt",
            "MP_JWT_VERIFY_ISSUER",
            REALM,
            "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
            REALM + "/protocol/openid-connect/certs",
            "FRONTDESK_OIDC_CLIENT",
            "desk");

    private static Process keycloak;

    @BeforeAll
    static void startKeycloak() throws Exception {
        Optional<Path> home = home();
        assumeTrue(home.isPresent(), "skipped: no Keycloak in target/keycloak; mvn verify -Pkeycloak fetches it");
        keycloak = start(home.orElseThrow());
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> send(HttpRequest.newBuilder(URI.create(REALM + "/.well-known/openid-configuration")))
                                .statusCode()
                        == 200);
    }

    @AfterAll
    static void stopKeycloak() {
        if (keycloak != null) {
            keycloak.descendants().forEach(ProcessHandle::destroy);
            keycloak.destroy();
        }
    }

    @Test
    void whoSignsInAtKeycloakIsStaffOfTheirClientWithTheirRole() throws Exception {
        try (SecondInstance service = SecondInstance.of(Service.CUSTOMER, SIGNED_IN)) {
            signIn(service);
        }
    }

    /** Code flow with PKCE: the page leaves for Keycloak, comes back with a code, and asks the API with the token. */
    @Test
    void thePageSendsPeopleToKeycloakAndTheyComeBackSignedIn() throws Exception {
        try (Chromium chromium = Chromium.orSkip();
                SecondInstance service = SecondInstance.of(Service.ANALYTICS, SIGNED_IN)) {
            Page page = chromium.browser().newPage();
            page.setDefaultTimeout(60_000);
            page.navigate(service.uri("/").toString());
            page.waitForURL(url -> url.startsWith(REALM + "/protocol/openid-connect/auth"));
            assertThat(page.url()).contains("code_challenge_method=S256").doesNotContain("client_secret");
            page.locator("#username").fill("vic");
            page.locator("#password").fill("vics-password");
            Response numbers = page.waitForResponse(
                    answer -> answer.url().contains("/api/analytics/summary"),
                    () -> page.locator("#kc-login").click());
            assertThat(numbers.status()).isEqualTo(200);
            assertThat(numbers.request().headers().get("authorization")).startsWith("Bearer ey");
            assertThat(page.url()).startsWith(service.uri("/").toString()).doesNotContain("code=");
            page.getByLabel("Sign out").waitFor();
            assertThat(page.getByLabel("Sign out").getAttribute("title")).isEqualTo("Sign out Vic Ray");
        }
    }

    private static void signIn(SecondInstance service) throws Exception {
        String kim = token("kim", "kims-password");
        String vic = token("vic", "vics-password");
        assertThat(send(HttpRequest.newBuilder(service.uri("/api/customers"))).statusCode())
                .isEqualTo(401);
        HttpResponse<String> created = create(service, kim);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String id = new ObjectMapper().readTree(created.body()).path("id").asText();
        assertThat(create(service, vic).statusCode()).isEqualTo(403);
        assertThat(send(as(vic, service, "/api/customers")).statusCode()).isEqualTo(200);
        assertThat(send(as(vic, service, "/api/customers/" + id)).statusCode()).isEqualTo(404);
        assertThat(send(as(kim, service, "/api/customers/" + id)).statusCode()).isEqualTo(200);
        assertThat(Database.at(TestPlatform.postgresAddress(), "customer", "postgres")
                        .value("select staff from staff_changes where thing = 'customers' and key = ?", id))
                .isEqualTo("kim");
    }

    private static HttpResponse<String> create(SecondInstance service, String token) throws Exception {
        return send(as(token, service, "/api/customers")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"Key Cloak\", \"phone\": \"+1415556%04d\"}"
                        .formatted(System.nanoTime() % 10_000))));
    }

    private static HttpRequest.Builder as(String token, SecondInstance service, String path) {
        return HttpRequest.newBuilder(service.uri(path)).header("Authorization", "Bearer " + token);
    }

    private static String token(String user, String password) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(REALM + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=password&client_id=desk&username=%s&password=%s".formatted(user, password))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body()).path("access_token").asText();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Process start(Path home) throws IOException {
        Path realms = Files.createDirectories(home.resolve("data/import"));
        Files.copy(
                Path.of("src/test/resources/frontdesk-realm.json"),
                realms.resolve("frontdesk-realm.json"),
                StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        // Else the realm of the first run stays, whatever the file says by now.
                        "--db=dev-mem",
                        "--http-host=127.0.0.1",
                        "--http-port=" + PORT,
                        "--http-management-port=" + Broker.freePort())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "keycloak.log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private static Optional<Path> home() throws IOException {
        Path folder = Path.of("target", "keycloak").toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(it -> Files.exists(it.resolve("bin/kc.sh"))).findFirst();
        }
    }
}
