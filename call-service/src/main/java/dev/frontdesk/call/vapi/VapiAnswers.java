package dev.frontdesk.call.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.call.Answer;
import dev.frontdesk.call.VoiceProvider.Reading;
import dev.frontdesk.call.knowledge.Briefing;
import dev.frontdesk.call.tools.ToolCatalogue;
import dev.frontdesk.call.tools.ToolResult;
import java.util.List;

/** Our answers as Vapi reads them (providers.md B3, B4). */
final class VapiAnswers {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> SERVER_MESSAGES =
            List.of("tool-calls", "status-update", "end-of-call-report", "transfer-destination-request");

    private VapiAnswers() {}

    static JsonNode write(Reading reading, Answer answer) {
        if (answer instanceof Answer.Assistant assistant) {
            return assistant(assistant.briefing());
        }
        if (answer instanceof Answer.Results results) {
            return reading.kind().equals("function-call") ? old(results) : results(results);
        }
        if (answer instanceof Answer.Person person) {
            return person(person);
        }
        ObjectNode empty = JSON.objectNode();
        if (reading.kind().equals("knowledge-base-request")) {
            empty.putArray("documents");
        }
        return empty;
    }

    private static ObjectNode results(Answer.Results results) {
        ObjectNode body = JSON.objectNode();
        ArrayNode list = body.putArray("results");
        for (ToolResult result : results.results()) {
            ObjectNode entry = list.addObject();
            entry.put("toolCallId", result.call().id());
            entry.put("name", result.call().name());
            entry.put(result.ok() ? "result" : "error", result.sentence());
        }
        return body;
    }

    /** {@code function-call}, the message before {@code tool-calls}, has one call and one result. */
    private static ObjectNode old(Answer.Results results) {
        return JSON.objectNode().put("result", results.results().get(0).sentence());
    }

    private static ObjectNode person(Answer.Person person) {
        ObjectNode body = JSON.objectNode();
        if (person.number().isEmpty()) {
            return body.put("error", person.sentence());
        }
        body.putObject("destination")
                .put("type", "number")
                .put("number", person.number().get())
                .put("message", "I am connecting you with a colleague.");
        return body;
    }

    /** An assistant to be, or the id of one. */
    static ObjectNode assistant(Briefing briefing) {
        ObjectNode body = JSON.objectNode();
        if (briefing.assistantId().isPresent()) {
            body.put("assistantId", briefing.assistantId().get());
            ObjectNode values = body.putObject("assistantOverrides").putObject("variableValues");
            briefing.variables().forEach(values::put);
            return body;
        }
        ObjectNode assistant = body.putObject("assistant");
        assistant.put("name", briefing.businessName().length() > 40 ? "Front desk" : briefing.businessName());
        assistant.put("firstMessage", briefing.greeting());
        ObjectNode model =
                assistant.putObject("model").put("provider", "openai").put("model", "gpt-4o-mini");
        model.putArray("messages").addObject().put("role", "system").put("content", briefing.prompt());
        ArrayNode tools = model.putArray("tools");
        ToolCatalogue.functions().forEach(function -> {
            ObjectNode tool = tools.addObject().put("type", "function");
            tool.set("function", function);
        });
        // Without destinations Vapi asks us: transfer-destination-request.
        tools.addObject().put("type", "transferCall").putArray("destinations");
        ArrayNode messages = assistant.putArray("serverMessages");
        SERVER_MESSAGES.forEach(messages::add);
        assistant.set("analysisPlan", analysis());
        return body;
    }

    /** Vapi reports a sentiment and a name only if its analysis is told to look for them. */
    private static ObjectNode analysis() {
        ObjectNode plan = JSON.objectNode();
        ObjectNode schema =
                plan.putObject("structuredDataPlan").put("enabled", true).putObject("schema");
        ObjectNode properties = schema.put("type", "object").putObject("properties");
        properties.putObject("customerName").put("type", "string").put("description", "The caller's name, if given");
        ArrayNode words =
                properties.putObject("sentiment").put("type", "string").putArray("enum");
        List.of("positive", "neutral", "negative").forEach(words::add);
        return plan;
    }
}
