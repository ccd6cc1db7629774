package dev.frontdesk.call.tools;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A tool the model asks for.
 *
 * @param id the provider's id of this request; null where the provider has none
 * @param arguments an object, whatever the model put into it
 */
public record ToolCall(String id, String name, JsonNode arguments) {}
