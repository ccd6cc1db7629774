package peer;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectMapper;

/** What somebody would pick instead: one of Frontdesk's hot paths in Spring WebFlux, with the very statement Frontdesk runs. */
@SpringBootApplication
@RestController
public class SpringPeer {

    /** {@code {name}} in an argument is the field of that name. */
    record Statement(String sql, List<String> arguments, List<String> fields) {
        String filled(int index, Map<String, String> values) {
            String filled = arguments.get(index);
            for (String name : fields) {
                filled = filled.replace("{" + name + "}", values.getOrDefault(name, ""));
            }
            return filled;
        }
    }

    private final DatabaseClient database;
    private final Statement statement;
    private final String publicUrl;
    private final SecretKeySpec token;

    SpringPeer(
            DatabaseClient database,
            ObjectMapper json,
            @Value("${PEER_STATEMENT}") String statement,
            @Value("${PEER_PUBLIC_URL}") String publicUrl,
            @Value("${PEER_TOKEN}") String token) {
        this.database = database;
        this.statement = json.readValue(statement, Statement.class);
        this.publicUrl = publicUrl;
        this.token = new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1");
    }

    public static void main(String[] arguments) {
        SpringApplication.run(SpringPeer.class, arguments);
    }

    @GetMapping("/ready")
    Mono<Long> ready() {
        return database.sql("select 1").fetch().all().count();
    }

    @PostMapping(path = "/webhooks/twilio/default/sms", produces = "text/xml;charset=UTF-8")
    Mono<ResponseEntity<String>> text(
            ServerWebExchange exchange, @RequestHeader("X-Twilio-Signature") String signature) {
        return exchange.getFormData().flatMap(form -> {
            if (!isSigned(exchange.getRequest().getURI(), form, signature)) {
                return Mono.just(ResponseEntity.status(HttpStatus.FORBIDDEN).build());
            }
            return run(form.toSingleValueMap())
                    .map(rows -> ResponseEntity.ok("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>"));
        });
    }

    private boolean isSigned(URI uri, MultiValueMap<String, String> form, String signature) {
        StringBuilder signed = new StringBuilder(publicUrl).append(uri.getRawPath());
        new TreeMap<>(form.toSingleValueMap()).forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(token);
            byte[] wanted = Base64.getEncoder().encode(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
            return MessageDigest.isEqual(wanted, signature.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @PostMapping(path = "/api/bookings", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Map<String, String>>> book(
            @RequestBody Map<String, Object> wanted, @RequestHeader("Idempotency-Key") String key) {
        Map<String, String> fields = new HashMap<>();
        wanted.forEach((name, value) -> fields.put(name, String.valueOf(value)));
        UUID id = UUID.randomUUID();
        fields.put("id", id.toString());
        fields.put("reference", Long.toString(id.getMostSignificantBits() >>> 4, 36).toUpperCase());
        fields.put("key", key);
        return run(fields).map(rows -> {
            boolean booked = "booked".equals(rows.get(0).get("outcome"));
            return ResponseEntity.status(booked ? HttpStatus.CREATED : HttpStatus.CONFLICT)
                    .location(URI.create("/api/bookings/" + id))
                    .body(fields);
        });
    }

    private Mono<List<Map<String, Object>>> run(Map<String, String> values) {
        DatabaseClient.GenericExecuteSpec spec = database.sql(statement.sql());
        for (int i = 0; i < statement.arguments().size(); i++) {
            spec = statement.arguments().get(i) == null
                    ? spec.bindNull(i, String.class)
                    : spec.bind(i, statement.filled(i, values));
        }
        return spec.fetch().all().collectList();
    }
}
