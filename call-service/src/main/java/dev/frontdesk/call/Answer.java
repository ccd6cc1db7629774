package dev.frontdesk.call;

import dev.frontdesk.call.knowledge.Briefing;
import dev.frontdesk.call.tools.ToolResult;
import java.util.List;
import java.util.Optional;

/** Our answer to a {@link Question}, before a provider's format. */
public sealed interface Answer {

    /** Understood. */
    record Noted() implements Answer {}

    /** Connect with this SIP address, number or {@code wss://} stream; where there is none, say the sentence and hang up. */
    record Line(Optional<String> connectTo, String sentence) implements Answer {}

    /** Say the sentence, if there is one, and hang up. */
    record Goodbye(Optional<String> sentence) implements Answer {}

    /** Be this agent. */
    record Assistant(Briefing briefing) implements Answer {}

    /** One result per tool call, in order. */
    record Results(List<ToolResult> results) implements Answer {}

    /** The number of a person, or the sentence that says there is none. */
    record Person(Optional<String> number, String sentence) implements Answer {}
}
