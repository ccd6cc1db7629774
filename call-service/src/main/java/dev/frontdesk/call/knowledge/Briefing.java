package dev.frontdesk.call.knowledge;

import java.util.Map;
import java.util.Optional;

/**
 * What an agent needs to be the client's front desk for one caller.
 *
 * @param assistantId the provider's own assistant, where one is configured and we have no prompt
 * @param prompt the system prompt with every placeholder filled
 * @param greeting the first sentence
 * @param variables the same facts one by one, for agents that live at the provider
 */
public record Briefing(
        String businessName,
        Optional<String> assistantId,
        String prompt,
        String greeting,
        Map<String, String> variables) {}
