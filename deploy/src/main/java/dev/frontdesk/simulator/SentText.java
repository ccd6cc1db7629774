package dev.frontdesk.simulator;

import dev.frontdesk.testing.Fixtures;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A text as Twilio keeps it: what was asked for, how far it has got, what it costs once that is known. */
final class SentText {
    static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final JsonObject SHAPE =
            new JsonObject(Fixtures.text("twilio/rest-message-create-201.json")).getJsonObject("body");
    private static final String GSM_EXTENSION = "^{}\\[~]|€";

    final String sid;
    final String account;
    final String from;
    final String to;
    final String body;
    private final String direction;
    private final String price;
    private final Instant created = Instant.now();
    private String status;
    private Integer errorCode;
    private Instant pricedFrom;
    private boolean priceTold;

    SentText(String sid, String account, String from, String to, String body, String direction, String price) {
        this.sid = sid;
        this.account = account;
        this.from = from;
        this.to = to;
        this.body = body;
        this.direction = direction;
        this.price = price;
        this.status = direction.equals("inbound") ? "received" : "queued";
        this.pricedFrom = direction.equals("inbound") ? created : null;
    }

    synchronized void become(String newStatus, Integer newErrorCode) {
        status = newStatus;
        errorCode = newErrorCode;
    }

    /** From then on a fetch tells the price; Twilio, too, takes its time. */
    synchronized void pricedFrom(Instant time) {
        pricedFrom = time;
    }

    synchronized Integer errorCode() {
        return errorCode;
    }

    Instant created() {
        return created;
    }

    /** The text as a fetch answers it; once the price is in the answer, the sender has been told. */
    synchronized JsonObject fetched() {
        boolean priced = pricedFrom != null && !Instant.now().isBefore(pricedFrom);
        priceTold |= priced;
        return json(priced);
    }

    /** The text as the person at the simulator sees it, which tells the sender nothing. */
    synchronized JsonObject inspected() {
        return json(true).put("price_told", priceTold).put("created_at", created.toString());
    }

    private JsonObject json(boolean priced) {
        String path = "/2010-04-01/Accounts/%s/Messages/%s".formatted(account, sid);
        return SHAPE.copy()
                .put("account_sid", account)
                .put("body", body)
                .put("date_created", RFC_2822.format(created))
                .put("date_updated", RFC_2822.format(created))
                .put("date_sent", status.equals("queued") ? null : RFC_2822.format(created))
                .put("direction", direction)
                .put("error_code", errorCode)
                .put("error_message", errorCode == null ? null : "Unknown destination handset")
                .put("from", from)
                .put("num_segments", Integer.toString(segments()))
                .put("price", priced ? price() : null)
                .put("price_unit", priced ? "USD" : null)
                .put("sid", sid)
                .put("status", status)
                .put("subresource_uris", new JsonObject().put("media", path + "/Media.json"))
                .put("to", to)
                .put("uri", path + ".json");
    }

    private String price() {
        return new BigDecimal(price)
                .multiply(BigDecimal.valueOf(segments()))
                .setScale(5, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** GSM-7 when every character is in it, else UCS-2. */
    private int segments() {
        boolean gsm = body.chars().allMatch(c -> (c < 128 && c != '`') || GSM_EXTENSION.indexOf(c) >= 0);
        long units = gsm
                ? body.length()
                        + body.chars()
                                .filter(c -> GSM_EXTENSION.indexOf(c) >= 0)
                                .count()
                : body.length();
        long one = gsm ? 160 : 70;
        long many = gsm ? 153 : 67;
        return (int) Math.max(1, units <= one ? 1 : (units + many - 1) / many);
    }
}
