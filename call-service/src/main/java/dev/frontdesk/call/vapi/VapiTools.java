package dev.frontdesk.call.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.call.Loose;
import dev.frontdesk.call.tools.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** Reads the tool calls of a message in all the shapes Vapi has written them (providers.md B4). */
final class VapiTools {

    private static final List<String> LISTS = List.of("toolCallList", "toolCalls", "toolWithToolCallList");

    private VapiTools() {}

    static List<ToolCall> read(JsonNode message) {
        for (String list : LISTS) {
            List<ToolCall> calls = new ArrayList<>();
            message.path(list).forEach(entry -> add(calls, entry.has("toolCall") ? entry.path("toolCall") : entry));
            if (!calls.isEmpty()) {
                return calls;
            }
        }
        List<ToolCall> old = new ArrayList<>();
        add(old, message.path("functionCall"));
        return old;
    }

    private static void add(List<ToolCall> calls, JsonNode entry) {
        String name = Loose.text(entry, "function.name", "name");
        if (name == null) {
            return;
        }
        JsonNode arguments = Loose.at(entry, "function.arguments");
        for (String other : List.of("arguments", "parameters")) {
            arguments = arguments.isMissingNode() || arguments.isNull() ? entry.path(other) : arguments;
        }
        calls.add(new ToolCall(Loose.text(entry, "id"), name, Loose.objectOrText(arguments)));
    }
}
