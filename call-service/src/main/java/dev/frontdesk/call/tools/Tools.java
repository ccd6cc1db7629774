package dev.frontdesk.call.tools;

import dev.frontdesk.call.Question.Conversation;
import dev.frontdesk.settings.Clients.Client;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What the agent can do for the caller during the call. */
@ApplicationScoped
public class Tools {

    static final String SORRY = "I can't do that right now. A colleague will call you back.";

    /** Runs the calls in order; there is an answer to each, in time. */
    public Uni<List<ToolResult>> run(String clientId, Client client, Conversation conversation, List<ToolCall> calls) {
        return Uni.createFrom()
                .item(calls.stream()
                        .map(call -> new ToolResult(call, false, SORRY))
                        .toList());
    }
}
