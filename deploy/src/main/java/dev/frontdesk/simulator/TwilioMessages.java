package dev.frontdesk.simulator;

import dev.frontdesk.local.Accounts;
import dev.frontdesk.local.Accounts.Account;
import dev.frontdesk.testing.Fixtures;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Twilio's Message resource: send, fetch, list; and the status callbacks of what was sent. */
final class TwilioMessages {
    private static final String UNREACHABLE = "30005";
    private static final long PRICED_AFTER_MILLIS = 1000;

    private final Vertx vertx;
    private final Accounts accounts;
    private final Texts texts;
    private final Callback callback = new Callback();

    TwilioMessages(Vertx vertx, Accounts accounts, Texts texts) {
        this.vertx = vertx;
        this.accounts = accounts;
        this.texts = texts;
    }

    void on(Router router) {
        String messages = "/2010-04-01/Accounts/:account/Messages";
        router.post(messages + ".json").handler(this::create);
        router.get(messages + ".json").handler(this::list);
        router.get(messages + "/:sid").handler(this::fetch);
    }

    private void create(RoutingContext context) {
        String to = context.request().getFormAttribute("To");
        String body = context.request().getFormAttribute("Body");
        Behaviour behaviour = texts.behaviour(to);
        if (to == null || !to.matches("\\+[1-9][0-9]{6,14}")) {
            TwilioAnswers.error(context, 400, 21211, "The 'To' number %s is not a valid phone number.".formatted(to));
        } else if (body == null || body.isEmpty()) {
            TwilioAnswers.error(context, 400, 21602, "Message body is required.");
        } else if (body.length() > 1600) {
            TwilioAnswers.error(context, 400, 21617, "The concatenated message body exceeds the 1600 character limit.");
        } else if (behaviour.outcome() == Behaviour.Outcome.OPTED_OUT) {
            TwilioAnswers.error(context, 400, 21610, "Attempt to send to unsubscribed recipient");
        } else if (behaviour.outcome() == Behaviour.Outcome.TOO_MANY_REQUESTS) {
            context.response().putHeader("Retry-After", "1");
            TwilioAnswers.error(context, 429, 20429, "Too Many Requests");
        } else if (behaviour.outcome() == Behaviour.Outcome.SERVER_ERROR) {
            fail(context);
        } else {
            accept(context, to, body, behaviour);
        }
    }

    private void accept(RoutingContext context, String to, String body, Behaviour behaviour) {
        Account account = TwilioAnswers.account(context, accounts);
        String from = context.request().getFormAttribute("From");
        SentText text = new SentText(
                Sid.next("SM"),
                account.twilioSid(),
                from == null ? account.number() : from,
                to,
                body,
                "outbound-api",
                behaviour.price());
        texts.add(text);
        JsonObject answer = text.fetched();
        // Without such an answer the sender cannot know; it finds out by listing, or by the callback.
        if (behaviour.outcome() == Behaviour.Outcome.SERVER_ERROR_AFTER_ACCEPT) {
            fail(context);
        } else if (behaviour.outcome() != Behaviour.Outcome.TIMEOUT_AFTER_ACCEPT) {
            after(behaviour.delayMillis(), () -> TwilioAnswers.json(context, 201, answer));
        }
        String url = context.request().getFormAttribute("StatusCallback");
        boolean fails = behaviour.outcome() == Behaviour.Outcome.FAIL;
        after(behaviour.delayMillis() + 20, () -> report(text, account, url, "sent", null));
        after(
                behaviour.delayMillis() + 60,
                () -> report(text, account, url, fails ? "undelivered" : "delivered", fails ? UNREACHABLE : null));
    }

    private static void fail(RoutingContext context) {
        TwilioAnswers.error(context, 500, 20500, "Internal Server Error");
    }

    private void report(SentText text, Account account, String url, String status, String errorCode) {
        text.become(status, errorCode == null ? null : Integer.valueOf(errorCode));
        if (!status.equals("sent")) {
            text.pricedFrom(Instant.now().plusMillis(PRICED_AFTER_MILLIS));
        }
        if (url == null) {
            return;
        }
        Map<String, String> fields = TwilioAnswers.fields(Fixtures.text("twilio/sms-status-4-delivered.form"));
        fields.remove("MessagingServiceSid");
        fields.putAll(Map.of(
                "MessageSid", text.sid,
                "SmsSid", text.sid,
                "MessageStatus", status,
                "SmsStatus", status,
                "AccountSid", account.twilioSid(),
                "From", text.from,
                "To", text.to));
        if (errorCode != null) {
            fields.put("ErrorCode", errorCode);
        }
        callback.post(url, new LinkedHashMap<>(fields), account.twilioToken());
    }

    private void after(long millis, Runnable work) {
        vertx.setTimer(Math.max(1, millis), timer -> work.run());
    }

    private void fetch(RoutingContext context) {
        String sid = context.pathParam("sid").replace(".json", "");
        texts.find(sid)
                .filter(text -> text.account.equals(context.pathParam("account")))
                .ifPresentOrElse(
                        text -> TwilioAnswers.json(context, 200, text.fetched()),
                        () -> TwilioAnswers.error(
                                context, 404, 20404, "The requested resource %s was not found".formatted(sid)));
    }

    private void list(RoutingContext context) {
        String from = context.request().getParam("DateSent>");
        List<JsonObject> found = texts
                .list(
                        context.pathParam("account"),
                        Simulator.number(context.request().getParam("To")),
                        from == null ? null : start(from))
                .stream()
                .limit(50)
                .map(SentText::fetched)
                .toList();
        TwilioAnswers.json(
                context,
                200,
                new JsonObject()
                        .put("messages", new JsonArray(found))
                        .put("page", 0)
                        .put("page_size", 50)
                        .put("next_page_uri", null)
                        .put("uri", context.request().uri()));
    }

    private static Instant start(String date) {
        return date.contains("T")
                ? Instant.parse(date)
                : LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
