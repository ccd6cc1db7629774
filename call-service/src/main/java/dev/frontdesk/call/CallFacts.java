package dev.frontdesk.call;

import dev.frontdesk.http.BadRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What one delivery of a provider says about one call, in our words. What it does not say is left out and stays as it is;
 * {@code record_call} (R__record_call.sql) makes it part of the call's row.
 */
public final class CallFacts {

    /** Who speaks: the carrier that connects the call, or the voice AI that holds the conversation. */
    public enum Source {
        CARRIER,
        AGENT
    }

    /** Longer than any provider's id; what is longer does not fit into an index. */
    private static final int LONGEST_ID = 300;

    private static final Pattern CARRIER_ID = Pattern.compile("CA[\\w-]{4,100}");

    /** Names, numbers and reasons travel in events, and summaries in lists: there is a limit to them. */
    private static final int LONGEST_WORDS = 300;

    private static final int LONGEST_SUMMARY = 10_000;
    private static final int LONGEST_URL = 2_000;

    /** Outside of these a time is a mistake, and no call costs as much as this. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
    private static final BigDecimal TOO_MUCH = BigDecimal.valueOf(100_000);

    private final JsonObject said = new JsonObject();

    private CallFacts() {}

    /**
     * @param provider {@code twilio}, {@code vapi}, …
     * @param kind what was delivered, for people who read the raw messages
     * @param key the same for every repetition of this delivery, and for no other of the provider
     */
    public static CallFacts of(String provider, Source source, String kind, String key) {
        CallFacts facts = new CallFacts();
        facts.said.put("provider", provider).put("source", source.name().toLowerCase());
        facts.said.put("kind", kind).put("key", key.length() > LONGEST_ID ? hash(key) : key);
        return facts;
    }

    /** A short text in place of a long one, the same for the same. */
    public static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The same facts as a delivery of their own, to be applied once more. */
    CallFacts again(String reason) {
        said.put("key", hash(key() + ":" + reason));
        return this;
    }

    /** The id the provider gave the call. */
    public CallFacts call(String providerCallId) {
        if (providerCallId.length() > LONGEST_ID) {
            throw new BadRequest("The call's id is too long");
        }
        return say("provider_call_id", providerCallId);
    }

    /** The carrier's id by the voice AI's word, which links the two calls; what is no id would link strangers' calls. */
    public CallFacts linkedTo(String carrierCallId) {
        return carrierCallId == null || !CARRIER_ID.matcher(carrierCallId).matches() ? this : carrier(carrierCallId);
    }

    /** The carrier's id, by its own word. */
    public CallFacts carrier(String carrierCallId) {
        return say("carrier_call_id", carrierCallId);
    }

    /** E.164, a SIP address, or {@code anonymous}. */
    public CallFacts phone(String phoneNumber) {
        return say("phone_number", cut(phoneNumber, LONGEST_WORDS));
    }

    public CallFacts customerName(String name) {
        return say("customer_name", cut(name, LONGEST_WORDS));
    }

    /** {@code inbound} or {@code outbound}. */
    public CallFacts type(String callType) {
        return say("call_type", callType);
    }

    /** Our status word and the provider's. */
    public CallFacts status(String status, String providerStatus) {
        return say("status", status).say("provider_status", cut(providerStatus, LONGEST_WORDS));
    }

    /** The status is the best that can be made of this delivery; whoever knows better may replace it. */
    public CallFacts guessed() {
        return say("guess", true);
    }

    /** The number of a callback, which orders those before the end. */
    public CallFacts sequence(Integer number) {
        return say("sequence", number);
    }

    /** Complete data of an ended call; of two reports the later one counts. */
    public CallFacts report(Instant at) {
        return say("report", true).say("at", text(at));
    }

    /** Says something about a call, but is no reason to begin a row. */
    public CallFacts ofKnownCallOnly() {
        return say("known_only", true);
    }

    /** A start to begin with, until the real one is told. */
    public CallFacts firstSeen(Instant at) {
        return say("first_seen", text(at));
    }

    public CallFacts startedAt(Instant at) {
        return say("started_at", text(at));
    }

    public CallFacts answeredAt(Instant at) {
        return say("answered_at", text(at));
    }

    public CallFacts endedAt(Instant at) {
        return say("ended_at", text(at));
    }

    public CallFacts endedReason(String reason) {
        return say("ended_reason", cut(reason, LONGEST_WORDS));
    }

    /** The voice AI reached the conversation. */
    public CallFacts agentStarted() {
        return say("agent_started", true);
    }

    /** Seconds. */
    public CallFacts duration(Integer seconds) {
        return say("duration", seconds);
    }

    public CallFacts recording(String url) {
        return url == null || url.length() > LONGEST_URL ? this : say("recording_url", url);
    }

    public CallFacts transcript(String text) {
        return say("transcript", text);
    }

    public CallFacts summary(String text) {
        return say("summary", cut(text, LONGEST_SUMMARY));
    }

    /** {@code positive}, {@code neutral} or {@code negative}; anything else counts as not said. */
    public CallFacts sentiment(String word) {
        String plain = word == null ? "" : word.trim().toLowerCase();
        return switch (plain) {
            case "positive", "neutral", "negative" -> say("sentiment", plain);
            default -> this;
        };
    }

    /** The voice AI's whole bill. */
    public CallFacts agentCost(BigDecimal amount) {
        return say("agent_cost", money(amount));
    }

    /** The carrier's whole bill. */
    public CallFacts carrierCost(BigDecimal amount) {
        return say("carrier_cost", money(amount));
    }

    /** The carrier sends us a bill for this call, later and only when asked. */
    public CallFacts billedByCarrier() {
        return say("priced_later", true);
    }

    /** A note that holds in any case, such as {@code [voicemail]}. */
    public CallFacts remark(String note) {
        return add("remarks", note);
    }

    /** A note that belongs to the status given here, and is dropped with it. */
    public CallFacts statusRemark(String note) {
        return add("status_remarks", note);
    }

    /** Applies more, for mappings that live elsewhere. */
    public CallFacts with(Consumer<CallFacts> more) {
        more.accept(this);
        return this;
    }

    /** The argument of {@code record_call}. */
    JsonObject json() {
        return said;
    }

    /** The provider's dedupe key. */
    public String key() {
        return said.getString("key");
    }

    /** Whether this delivery says that the call is over. */
    public boolean isEnd() {
        return said.containsKey("status") && !"in-progress".equals(said.getString("status"));
    }

    @Override
    public String toString() {
        return said.getString("provider") + " " + said.getString("kind") + " " + said.getString("key");
    }

    private CallFacts add(String field, String note) {
        if (note != null) {
            said.put(field, said.getJsonArray(field, new JsonArray()).add(cut(note, LONGEST_WORDS)));
        }
        return this;
    }

    private CallFacts say(String field, Object value) {
        if (value != null && !"".equals(value)) {
            said.put(field, value);
        }
        return this;
    }

    private static String text(Instant at) {
        return at == null || at.isBefore(EARLIEST) || at.isAfter(LATEST) ? null : at.toString();
    }

    private static String money(BigDecimal amount) {
        return amount == null || amount.signum() < 0 || amount.compareTo(TOO_MUCH) >= 0 ? null : amount.toPlainString();
    }

    private static String cut(String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest);
    }
}
