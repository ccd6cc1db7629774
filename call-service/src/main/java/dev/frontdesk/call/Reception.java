package dev.frontdesk.call;

import dev.frontdesk.call.knowledge.Briefings;
import dev.frontdesk.call.tools.Tools;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.settings.Clients.Voice;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Answers what callers wait for, in time and in every case. */
@ApplicationScoped
public class Reception {

    private static final Logger LOG = Logger.getLogger(Reception.class);

    private final Briefings briefings;
    private final Tools tools;
    private final Duration assistantDeadline;

    Reception(
            Briefings briefings,
            Tools tools,
            @ConfigProperty(name = "frontdesk.calls.assistant-deadline") Duration assistantDeadline) {
        this.briefings = briefings;
        this.tools = tools;
        this.assistantDeadline = assistantDeadline;
    }

    Uni<Answer> answer(String clientId, Client client, Question question) {
        if (question instanceof Question.WhoAnswers) {
            return now(new Answer.Line(client.voice().flatMap(Voice::connectTo), nobody(client)));
        }
        if (question instanceof Question.WhatNext next) {
            return now(new Answer.Goodbye(next.answered() ? Optional.empty() : Optional.of(nobody(client))));
        }
        if (question instanceof Question.WhereToTransfer) {
            return now(new Answer.Person(client.voice().flatMap(Voice::transferTo), nobody(client)));
        }
        if (question instanceof Question.WhichAssistant who) {
            return assistant(clientId, client, who.phoneNumber());
        }
        if (question instanceof Question.RunTools run) {
            return tools.run(clientId, client, run.conversation(), run.calls()).map(Answer.Results::new);
        }
        return now(new Answer.Noted());
    }

    private Uni<Answer> assistant(String clientId, Client client, String phoneNumber) {
        return briefings
                .of(clientId, client, phoneNumber)
                .ifNoItem()
                .after(assistantDeadline)
                .fail()
                .onFailure()
                .invoke(e -> LOG.errorf("assistant-request of %s gets the bare assistant: %s", clientId, e))
                .onFailure()
                .recoverWithItem(() -> briefings.bare(clientId, client))
                .map(Answer.Assistant::new);
    }

    private static String nobody(Client client) {
        return "Thank you for calling %s. Nobody can take your call right now. Please call again later, or send us a text."
                .formatted(client.name().orElse("us"));
    }

    private static Uni<Answer> now(Answer answer) {
        return Uni.createFrom().item(answer);
    }
}
