package dev.frontdesk.testing;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * An issuer of tokens with its JWKS on a port of its own; the service under test runs with {@code frontdesk.security=jwt}
 * and asks it. Its tokens, and the forged ones, come from the static methods.
 */
public final class Issuer implements QuarkusTestResourceLifecycleManager {

    private static final String NAME = "https://login.example.com";
    /** The resource and the tests live in different class loaders. */
    private static final String KEY = "frontdesk.testing.issuer";

    private static final String PORT = "frontdesk.testing.issuer.port";

    private HttpServer server;

    /** Where its public keys are, once it runs. */
    static String jwksLocation() {
        synchronized (System.getProperties()) {
            if (System.getProperty(PORT) == null) {
                System.setProperty(PORT, Integer.toString(Broker.freePort()));
            }
        }
        return "http://localhost:" + System.getProperty(PORT) + "/jwks";
    }

    /** After {@link Infrastructure}, which opens the service to everybody. */
    @Override
    public int order() {
        return 10;
    }

    @Override
    public Map<String, String> start() {
        KeyPair pair = newPair();
        System.setProperty(
                KEY, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
        byte[] keys = jwks((RSAPublicKey) pair.getPublic()).getBytes(StandardCharsets.UTF_8);
        try {
            int port = URI.create(jwksLocation()).getPort();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/jwks", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            try (exchange) {
                exchange.getResponseBody().write(keys);
            }
        });
        server.start();
        return Map.of(
                "frontdesk.security",
                "jwt",
                "mp.jwt.verify.issuer",
                NAME,
                "mp.jwt.verify.publickey.location",
                jwksLocation());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /** A good token of a person called kim. */
    public static String token(String clientId, String role) {
        return signed("RS256", claims(NAME, clientId, role, 600), own());
    }

    /** Tokens that let nobody in: expired, of another issuer, signed by another key, changed afterwards, not signed, no JWT. */
    public static Map<String, String> forgeries() {
        String good = token("default", "super_admin");
        String claims = claims(NAME, "default", "super_admin", 600);
        return Map.of(
                "expired",
                signed("RS256", claims(NAME, "default", "super_admin", -600), own()),
                "of another issuer",
                signed("RS256", claims("https://evil.example", "default", "super_admin", 600), own()),
                "signed by another key",
                signed("RS256", claims, newPair().getPrivate()),
                "changed afterwards",
                good.substring(0, good.indexOf('.') + 1)
                        + encoded(claims.replace("kim", "eve"))
                        + good.substring(good.lastIndexOf('.')),
                "not signed",
                encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + encoded(claims) + ".",
                "no token",
                "local-vapi-secret");
    }

    /** A good token without one of the claims named {@code client_id} and {@code groups}. */
    public static String tokenWithout(String claim) {
        String claims = claims(NAME, "default", "client_admin", 600);
        return signed("RS256", claims.replace("\"" + claim + "\"", "\"not_" + claim + "\""), own());
    }

    private static String claims(String issuer, String clientId, String role, int lifeSeconds) {
        long now = Instant.now().getEpochSecond();
        return "{\"iss\":\"%s\",\"sub\":\"kim\",\"upn\":\"kim\",\"client_id\":\"%s\",\"groups\":[\"%s\"],\"iat\":%d,\"exp\":%d}"
                .formatted(issuer, clientId, role, now - 1000, now + lifeSeconds);
    }

    private static String signed(String algorithm, String claims, PrivateKey key) {
        String content = encoded("{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"one\"}".formatted(algorithm)) + "."
                + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return content + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PrivateKey own() {
        try {
            byte[] key = Base64.getDecoder().decode(System.getProperty(KEY));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jwks(RSAPublicKey key) {
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"one\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(encoded(unsigned(key.getModulus())), encoded(unsigned(key.getPublicExponent())));
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
