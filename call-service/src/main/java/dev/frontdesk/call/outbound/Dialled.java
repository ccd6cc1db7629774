package dev.frontdesk.call.outbound;

import dev.frontdesk.call.CallFacts;

/** A call the provider has taken on. */
public record Dialled(CallFacts facts, String raw) {}
