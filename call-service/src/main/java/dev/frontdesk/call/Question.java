package dev.frontdesk.call;

import dev.frontdesk.call.tools.ToolCall;
import java.util.List;

/** What a provider waits to hear from us; {@link Reception} answers. */
public sealed interface Question {

    /** Nothing: the delivery only tells. */
    record Nothing() implements Question {}

    /** A call came in: with whom shall it be connected? */
    record WhoAnswers(String callRef) implements Question {}

    /** The connection ended; {@code answered} says whether anybody was reached. */
    record WhatNext(boolean answered) implements Question {}

    /** Who shall the voice AI be for this caller? */
    record WhichAssistant(String phoneNumber) implements Question {}

    /** The voice AI wants things done during the call. */
    record RunTools(Conversation conversation, List<ToolCall> calls) implements Question {}

    /** The caller wants a person: at which number? */
    record WhereToTransfer() implements Question {}

    /** A call in progress, as the tools need to know it; {@code phoneNumber} is E.164 or {@code anonymous}. */
    record Conversation(String provider, String providerCallId, String phoneNumber) {}
}
