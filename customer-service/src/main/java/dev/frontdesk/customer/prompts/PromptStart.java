package dev.frontdesk.customer.prompts;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The first active prompts of a client that has none. */
@ApplicationScoped
public class PromptStart {

    private static final String BY = "demo";

    private final SystemPrompts prompts;

    PromptStart(SystemPrompts prompts) {
        this.prompts = prompts;
    }

    /** Texts by type; in the client's transaction. */
    public Uni<Void> writeIfNone(Map<String, String> texts) {
        return Multi.createFrom()
                .iterable(texts.entrySet())
                .onItem()
                .transformToUniAndConcatenate(it -> writeIfNone(it.getKey(), it.getValue()))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> writeIfNone(String type, String text) {
        return prompts.count("promptType", type)
                .chain(present -> present > 0
                        ? Uni.createFrom().voidItem()
                        : prompts.write(type, text)
                                .chain(prompt -> prompts.activate(prompt.id(), null, BY))
                                .replaceWithVoid());
    }
}
