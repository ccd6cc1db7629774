package dev.frontdesk.customer.faqs;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;

/** The first FAQs of a client that has none. */
@ApplicationScoped
public class FaqStart {

    private final Faqs faqs;

    FaqStart(Faqs faqs) {
        this.faqs = faqs;
    }

    /** One FAQ; its place is its place in the list. */
    public record Entry(String category, String question, String answer, List<String> keywords) {
        Faq.Text text(int place) {
            return new Faq.Text(category, question, answer, keywords, true, place);
        }
    }

    /** In the client's transaction. */
    public Uni<Void> writeIfNone(List<Entry> entries) {
        return faqs.count().chain(present -> present > 0 ? Uni.createFrom().voidItem() : write(entries));
    }

    private Uni<Void> write(List<Entry> entries) {
        return Multi.createFrom()
                .items(IntStream.range(0, entries.size()).boxed())
                .onItem()
                .transformToUniAndConcatenate(i -> faqs.create(entries.get(i).text(i + 1)))
                .onItem()
                .ignoreAsUni();
    }
}
