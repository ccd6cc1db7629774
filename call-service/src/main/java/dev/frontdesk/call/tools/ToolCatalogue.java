package dev.frontdesk.call.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The in-call tools as a model sees them: names, arguments, and when to use them. No tool takes a phone number. */
public final class ToolCatalogue {

    private static final Map<String, String> ARGUMENTS = Map.ofEntries(
            Map.entry("service_type", "Code of a service, as check_services names it"),
            Map.entry("date", "Local date, YYYY-MM-DD"),
            Map.entry("customer_name", "The caller's full name"),
            Map.entry("slot_id", "slot_id of a time that get_availability offered"),
            Map.entry("appointment_date", "Local date YYYY-MM-DD, with appointment_time, where there is no slot_id"),
            Map.entry("appointment_time", "Local time, such as 03:00 PM"),
            Map.entry("number_of_loads", "How many loads, for services priced by load"),
            Map.entry("pickup_address", "Where to pick up, if the caller said so"),
            Map.entry("notes", "What else staff should know"),
            Map.entry("reference", "The booking's six-character reference"),
            Map.entry("reason", "The caller's reason, in a few words"),
            Map.entry("question", "The caller's question"),
            Map.entry("address", "The caller's new address"));

    private record Tool(String name, String description, List<String> required, List<String> optional) {}

    private static final List<Tool> TOOLS = List.of(
            new Tool("check_services", "Lists what can be booked, with prices.", List.of(), List.of()),
            new Tool(
                    "get_availability",
                    "Lists the free times of a service on a day. Offer only these.",
                    List.of("service_type", "date"),
                    List.of()),
            new Tool(
                    "create_booking",
                    "Books a time for the caller, after they have agreed to it.",
                    List.of("customer_name", "service_type"),
                    List.of(
                            "slot_id",
                            "appointment_date",
                            "appointment_time",
                            "number_of_loads",
                            "pickup_address",
                            "notes")),
            new Tool("find_bookings", "Lists the caller's own bookings to come.", List.of(), List.of()),
            new Tool(
                    "reschedule_booking",
                    "Moves one of the caller's bookings to another time.",
                    List.of("reference"),
                    List.of("slot_id", "appointment_date", "appointment_time")),
            new Tool(
                    "cancel_booking",
                    "Cancels one of the caller's bookings, after they have confirmed that.",
                    List.of("reference"),
                    List.of("reason")),
            new Tool("lookup_faq", "Finds the business's answer to a question.", List.of("question"), List.of()),
            new Tool("find_customer", "Says whether the caller is known, and by what name.", List.of(), List.of()),
            new Tool(
                    "update_address",
                    "Changes the pickup address of the caller's bookings to come.",
                    List.of("address"),
                    List.of()),
            new Tool("transfer_to_human", "Says whether a person can take over.", List.of(), List.of("reason")));

    private ToolCatalogue() {}

    /** Whether there is a tool of this name. */
    static boolean isKnown(String name) {
        return TOOLS.stream().anyMatch(tool -> tool.name().equals(name));
    }

    /** One function object ({@code name, description, parameters} as JSON schema) per tool. */
    public static Stream<ObjectNode> functions() {
        return TOOLS.stream().map(ToolCatalogue::function);
    }

    private static ObjectNode function(Tool tool) {
        ObjectNode function = JsonNodeFactory.instance.objectNode();
        function.put("name", tool.name()).put("description", tool.description());
        ObjectNode parameters = function.putObject("parameters").put("type", "object");
        ObjectNode properties = parameters.putObject("properties");
        Stream.concat(tool.required().stream(), tool.optional().stream())
                .forEach(name -> properties
                        .putObject(name)
                        .put("type", name.equals("number_of_loads") ? "integer" : "string")
                        .put("description", ARGUMENTS.get(name)));
        ArrayNode required = parameters.putArray("required");
        tool.required().forEach(required::add);
        return function;
    }
}
