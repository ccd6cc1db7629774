package dev.frontdesk.call;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Fixtures;
import dev.frontdesk.webhook.Form;
import dev.frontdesk.webhook.RetellSignature;
import dev.frontdesk.webhook.TwilioSignature;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The providers' side of a test: recorded payloads with ids of their own, signed and sent as the provider would. */
public final class Deliveries {

    public static final String PUBLIC_URL = "http://localhost:8080";
    public static final Database CALL = Database.asSuperuser("call");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern IDS = Pattern.compile(
            "(?:CA|RE|TR|MZ)[0-9a-f]{32}|c0a11000-0000-4000-8000-[0-9a-f]{12}|call_fixture[0-9a-z]+|call_Fx[0-9]+");
    private static final Map<String, String> ACCOUNTS =
            Map.of("default", "ACffffffffffffffffffffffffffffffff", "acme", "ACeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");

    private final String clientId;
    private final Map<String, String> ids = new HashMap<>();

    private Deliveries(String clientId) {
        this.clientId = clientId;
    }

    /** Deliveries about calls that nobody else's test knows. */
    public static Deliveries to(String clientId) {
        return new Deliveries(clientId);
    }

    /** The fixture with this test's ids and the client's account. */
    public String payload(String fixture) {
        Matcher ids = IDS.matcher(Fixtures.text(fixture));
        return ids.replaceAll(found -> id(found.group()))
                .replace("AC00000000000000000000000000000001", ACCOUNTS.get(clientId));
    }

    /** This test's id for one of the fixtures. */
    public String id(String fixtureId) {
        return ids.computeIfAbsent(fixtureId, Deliveries::fresh);
    }

    private static String fresh(String like) {
        String hex = UUID.randomUUID().toString().replace("-", "");
        if (like.startsWith("c0a11000")) {
            return UUID.randomUUID().toString();
        }
        return like.startsWith("call_") ? "call_" + hex : like.substring(0, 2) + hex;
    }

    /** Sends a fixture to where its provider would. */
    public HttpResponse<String> send(String fixture) {
        String payload = payload(fixture);
        if (fixture.startsWith("vapi/")) {
            return vapi(payload);
        }
        return fixture.startsWith("retell/") ? retell(payload) : twilio(route(fixture), payload);
    }

    private static String route(String fixture) {
        String name = fixture.replaceFirst("twilio/", "");
        return name.startsWith("voice-status")
                ? "/voice/status"
                : name.startsWith("recording")
                        ? "/voice/recording"
                        : name.startsWith("transcription")
                                ? "/voice/transcription"
                                : name.startsWith("amd")
                                        ? "/voice/amd"
                                        : name.startsWith("stream") ? "/voice/stream" : "/voice";
    }

    public HttpResponse<String> twilio(String route, String form) {
        return signed(
                "/webhooks/twilio/" + clientId + route,
                form,
                clientId.equals("acme") ? "acme-twilio-token" : "local-twilio-token");
    }

    public static HttpResponse<String> signed(String path, String form, String token) {
        String signature = TwilioSignature.sign(PUBLIC_URL + path, Form.parse(form), token);
        return post(
                path,
                form,
                "application/x-www-form-urlencoded; charset=UTF-8",
                Map.of("X-Twilio-Signature", signature));
    }

    public HttpResponse<String> vapi(String json) {
        String secret = clientId.equals("acme") ? "acme-vapi-secret" : "local-vapi-secret";
        return post("/webhooks/vapi/" + clientId, json, "application/json", Map.of("X-Vapi-Secret", secret));
    }

    public HttpResponse<String> retell(String json) {
        String key = clientId.equals("acme") ? "acme-retell-key" : "local-retell-key";
        String signature = RetellSignature.sign(json.getBytes(StandardCharsets.UTF_8), key, Instant.now());
        return post("/webhooks/retell/" + clientId, json, "application/json", Map.of("X-Retell-Signature", signature));
    }

    public static HttpResponse<String> post(String path, String body, String type, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", type);
        headers.forEach(request::header);
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    public static HttpResponse<String> get(String path, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).GET();
        headers.forEach(request::header);
        return send(request.build());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path));
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The rows of this test's calls, by any id of theirs. */
    public List<Map<String, Object>> rows() {
        String known = String.join(",", ids.values());
        return CALL.rows("""
                select * from calls
                where provider_call_id = any (string_to_array(?, ',')) or carrier_call_id = any (string_to_array(?, ','))
                """, known, known);
    }

    /** The only row. */
    public Map<String, Object> row() {
        List<Map<String, Object>> rows = rows();
        if (rows.size() != 1) {
            throw new AssertionError("Expected one call, found " + rows);
        }
        return rows.get(0);
    }
}
