package dev.frontdesk.simulator;

import dev.frontdesk.local.Accounts;
import dev.frontdesk.local.Accounts.Account;
import dev.frontdesk.webhook.Form;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What all of Twilio's REST resources have in common: Basic authentication, JSON, errors by number. */
final class TwilioAnswers {
    private TwilioAnswers() {}

    /** Lets only the account of the path in, with its own token. */
    static void authenticate(RoutingContext context, Accounts accounts) {
        String sid = context.pathParam("account");
        String given = Optional.ofNullable(context.request().getHeader("Authorization"))
                .orElse("");
        boolean known = accounts.all().stream()
                .filter(account -> account.twilioSid().equals(sid))
                .anyMatch(account -> given.equals(basic(account)));
        if (known) {
            context.next();
        } else {
            error(context, 401, 20003, "Authenticate");
        }
    }

    private static String basic(Account account) {
        String credentials = account.twilioSid() + ":" + account.twilioToken();
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    static Account account(RoutingContext context, Accounts accounts) {
        return accounts.all().stream()
                .filter(account -> account.twilioSid().equals(context.pathParam("account")))
                .findFirst()
                .orElseThrow();
    }

    static void json(RoutingContext context, int status, JsonObject body) {
        if (!context.response().closed()) {
            context.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end(body.toBuffer());
        }
    }

    static void error(RoutingContext context, int status, int code, String message) {
        json(
                context,
                status,
                new JsonObject()
                        .put("code", code)
                        .put("message", message)
                        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                        .put("status", status));
    }

    /** A recorded form as fields, in its order. */
    static Map<String, String> fields(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        Form.parse(form).fields().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
