package dev.frontdesk.customer.faqs;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.Collectors;

/** The active FAQs as one text, as a model reads them. */
@ApplicationScoped
public class ActiveFaqs {

    private static final int MOST = 200;

    private final Faqs faqs;

    ActiveFaqs(Faqs faqs) {
        this.faqs = faqs;
    }

    /** Question and answer, one pair per paragraph, in their order. */
    public Uni<String> asText() {
        return faqs.list(Optional.empty(), Optional.of(true), Optional.empty(), MOST - 1)
                .map(all -> all.stream()
                        .map(it -> "Q: " + it.question() + "\nA: " + it.answer())
                        .collect(Collectors.joining("\n\n")));
    }
}
