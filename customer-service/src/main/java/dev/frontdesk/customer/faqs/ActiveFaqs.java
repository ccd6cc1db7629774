package dev.frontdesk.customer.faqs;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.Collectors;

/** The active FAQs as one text, as a model reads them: the first twenty, the rest is for its tool. */
@ApplicationScoped
public class ActiveFaqs {

    private static final int MOST = 20;

    private final Faqs faqs;

    ActiveFaqs(Faqs faqs) {
        this.faqs = faqs;
    }

    /** Question and answer after question and answer, in their order. */
    public Uni<String> asText() {
        return faqs.list(Optional.empty(), Optional.of(true), Optional.empty(), MOST - 1)
                .map(all -> all.stream()
                        .map(it -> it.question() + " " + it.answer())
                        .collect(Collectors.joining(" ")));
    }
}
