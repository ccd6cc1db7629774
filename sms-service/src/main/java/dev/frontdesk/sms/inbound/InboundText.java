package dev.frontdesk.sms.inbound;

import dev.frontdesk.http.BadRequest;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.sms.optout.Wish;
import dev.frontdesk.webhook.Form;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.IntStream;

/**
 * A text as Twilio delivers it.
 *
 * @param phoneNumber E.164; a short code or an alphanumeric sender as it came
 * @param media {@code [{"url", "content_type"}]}, null for a plain text
 */
record InboundText(String messageSid, String phoneNumber, String body, int segments, JsonArray media, Wish wish) {

    private static final int MOST_MEDIA = 10;
    /** A number, with room for a channel's prefix. */
    private static final int LONGEST_SENDER = 64;

    static InboundText of(Form form, String region) {
        String sid = SignedForms.sid(form, "MessageSid", "SmsMessageSid", "SmsSid");
        String from = form.first("From")
                .map(InboundText::stored)
                .filter(text -> !text.isBlank() && text.length() <= LONGEST_SENDER)
                .orElseThrow(() -> new BadRequest("From is missing or too long"));
        String body = stored(form.first("Body").orElse(""));
        return new InboundText(
                sid,
                Phones.parse(from, region).orElse(from.trim()),
                body,
                number(form, "NumSegments", 1),
                media(form),
                Wish.of(body, form.text("OptOutType").orElse(null)));
    }

    private static JsonArray media(Form form) {
        int count = Math.min(number(form, "NumMedia", 0), MOST_MEDIA);
        JsonArray media = new JsonArray();
        IntStream.range(0, count)
                .forEach(i -> form.text("MediaUrl" + i)
                        .ifPresent(url -> media.add(new JsonObject()
                                .put("url", stored(url))
                                .put(
                                        "content_type",
                                        form.first("MediaContentType" + i)
                                                .map(InboundText::stored)
                                                .orElse(null)))));
        return media.isEmpty() ? null : media;
    }

    /** PostgreSQL stores no NUL; nobody means one. */
    private static String stored(String text) {
        return text.replace("\0", "");
    }

    private static int number(Form form, String name, int otherwise) {
        return form.text(name)
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Integer::valueOf)
                .orElse(otherwise);
    }
}
