package dev.frontdesk.call.tools;

import dev.frontdesk.bookings.DeskRefusal;
import dev.frontdesk.call.CallerNumber;
import dev.frontdesk.call.Question.Conversation;
import dev.frontdesk.call.knowledge.Copies;
import dev.frontdesk.call.tools.BookingTools.Request;
import dev.frontdesk.call.tools.Invocations.Invocation;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.settings.Clients.Voice;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * What the agent can do for the caller during the call. There is an answer to every call of a tool, in time, one line that
 * a voice can say, whatever the model sent and whoever is down.
 */
@ApplicationScoped
public class Tools {

    private static final Logger LOG = Logger.getLogger(Tools.class);
    private static final Set<String> CHANGES =
            Set.of("create_booking", "reschedule_booking", "cancel_booking", "update_address");
    /** More at once than a model asks for; the rest are answered without being looked at. */
    private static final int MOST_CALLS = 20;

    private static final String NOTED =
            "Our calendar does not answer right now. The request is noted and will be carried out as soon as it does; the"
                    + " caller will get a text message.";
    private static final String SORRY =
            "I can't do that right now. Please try again in a moment, or offer that a colleague calls back.";

    private final Invocations invocations;
    private final BookingTools bookings;
    private final Copies copies;
    private final MeterRegistry metrics;
    private final Duration deadline;

    Tools(
            Invocations invocations,
            BookingTools bookings,
            Copies copies,
            MeterRegistry metrics,
            @ConfigProperty(name = "frontdesk.calls.tools-deadline") Duration deadline) {
        this.invocations = invocations;
        this.bookings = bookings;
        this.copies = copies;
        this.metrics = metrics;
        this.deadline = deadline;
    }

    /** Runs the calls in order; all of them together keep the deadline. */
    public Uni<List<ToolResult>> run(String clientId, Client client, Conversation conversation, List<ToolCall> calls) {
        long until = System.nanoTime() + deadline.toNanos();
        return Multi.createFrom()
                .iterable(calls.subList(0, Math.min(MOST_CALLS, calls.size())))
                .onItem()
                .transformToUniAndConcatenate(call -> within(until, clientId, client, conversation, call))
                .collect()
                .asList()
                .map(results -> withTheRest(results, calls));
    }

    private static List<ToolResult> withTheRest(List<ToolResult> results, List<ToolCall> calls) {
        return Stream.concat(
                        results.stream(),
                        calls.stream().skip(results.size()).map(call -> new ToolResult(call, false, SORRY)))
                .toList();
    }

    private Uni<ToolResult> within(
            long until, String clientId, Client client, Conversation conversation, ToolCall call) {
        AtomicBoolean noted = new AtomicBoolean();
        Duration left = Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime()));
        return Uni.createFrom()
                .deferred(() -> answer(clientId, client, conversation, call, noted))
                .ifNoItem()
                .after(left)
                .fail()
                .onFailure()
                .invoke(e -> LOG.warnf("tool %s of %s: %s", call.name(), clientId, e))
                .onFailure()
                .recoverWithItem(() -> Outcome.refused(noted.get() ? NOTED : SORRY))
                .invoke(outcome -> metrics.counter(
                                "frontdesk_tool_calls",
                                "tool",
                                ToolCatalogue.isKnown(call.name()) ? call.name() : "other",
                                "ok",
                                Boolean.toString(outcome.ok()))
                        .increment())
                .map(outcome -> new ToolResult(call, outcome.ok(), outcome.sentence()));
    }

    private Uni<Outcome> answer(
            String clientId, Client client, Conversation conversation, ToolCall call, AtomicBoolean noted) {
        boolean changes = CHANGES.contains(call.name());
        if (!ToolCatalogue.isKnown(call.name())) {
            return Uni.createFrom().item(Outcome.refused("There is no tool of that name."));
        }
        if (call.id() == null && !changes || conversation.providerCallId() == null) {
            return look(clientId, client, conversation, call);
        }
        return invocations
                .begin(clientId, conversation, call, changes)
                .invoke(begun -> noted.set(changes && begun != null))
                .chain(begun -> begun == null
                        ? look(clientId, client, conversation, call)
                        : settled(clientId, client, conversation, begun, changes));
    }

    /** A tool call nobody can repeat by mistake: it has no id and no effect, or no call it belongs to. */
    private Uni<Outcome> look(String clientId, Client client, Conversation conversation, ToolCall call) {
        if (CHANGES.contains(call.name())) {
            return Uni.createFrom()
                    .item(Outcome.refused("I can't do that in this call. Offer that a colleague calls back."));
        }
        UUID key = UUID.nameUUIDFromBytes(
                (conversation + call.name() + call.arguments()).getBytes(StandardCharsets.UTF_8));
        return outcome(
                new Request(clientId, client, conversation.phoneNumber(), new Arguments(call.arguments()), key),
                call.name());
    }

    private Uni<Outcome> settled(
            String clientId, Client client, Conversation conversation, Invocation begun, boolean changes) {
        if (begun.answer() != null) {
            return Uni.createFrom().item(new Outcome(begun.ok(), begun.answer(), null, null));
        }
        // The provider's word for who calls; the carrier's where the provider has none.
        String phone =
                conversation.phoneNumber().equals(CallerNumber.ANONYMOUS) ? begun.phone() : conversation.phoneNumber();
        Uni<Outcome> outcome =
                carryOut(clientId, client, phone, begun).chain(done -> invocations.finish(clientId, begun, done));
        return changes ? outcome.onFailure().call(e -> invocations.postpone(clientId, begun)) : outcome;
    }

    /** Does what was asked, under the key of the invocation: doing it again does nothing more. */
    Uni<Outcome> carryOut(String clientId, Client client, String phone, Invocation begun) {
        return outcome(new Request(clientId, client, phone, Arguments.of(begun.arguments()), begun.id()), begun.name());
    }

    private Uni<Outcome> outcome(Request request, String tool) {
        return dispatch(request, tool)
                .onFailure(DeskRefusal.class)
                .recoverWithItem(refusal -> Outcome.refused(Phrases.refusal(refusal)));
    }

    private Uni<Outcome> dispatch(Request request, String tool) {
        return switch (tool) {
            case "check_services" -> bookings.checkServices(request);
            case "get_availability" -> bookings.getAvailability(request);
            case "create_booking" -> bookings.createBooking(request);
            case "find_bookings" -> bookings.findBookings(request);
            case "reschedule_booking" -> bookings.rescheduleBooking(request);
            case "cancel_booking" -> bookings.cancelBooking(request);
            case "update_address" -> bookings.updateAddress(request);
            case "lookup_faq" -> faq(request);
            case "find_customer" -> customer(request);
            default -> person(request);
        };
    }

    private Uni<Outcome> faq(Request request) {
        String question = request.arguments().text("question");
        if (question == null) {
            return Uni.createFrom().item(Outcome.refused("I need the question."));
        }
        return copies.answer(request.clientId(), question, request.phone(), request.key())
                .map(answer -> answer.map(Outcome::good)
                        .orElseGet(
                                () -> Outcome.refused("I have no answer to that. Offer that a colleague calls back.")));
    }

    private Uni<Outcome> customer(Request request) {
        return copies.customer(request.clientId(), request.phone())
                .map(known -> Outcome.good(known.map(it -> "The caller is known as " + it.name() + "."
                                + (it.hasAddress() ? " We have their address." : ""))
                        .orElse("We don't know this caller yet.")));
    }

    private static Uni<Outcome> person(Request request) {
        boolean somebody = request.client().voice().flatMap(Voice::transferTo).isPresent();
        String reason = request.arguments().text("reason");
        return Uni.createFrom()
                .item(Outcome.good(
                                somebody
                                        ? "A colleague can take the call: transfer it now."
                                        : "No colleague is free right now. Say that one will call back.")
                        .remark(reason == null ? "[asked for a person]" : "[asked for a person: " + reason + "]"));
    }
}
