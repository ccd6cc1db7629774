package dev.frontdesk.call.knowledge;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.events.CustomerSnapshot;
import dev.frontdesk.events.DomainEvent;
import dev.frontdesk.events.FaqEvent;
import dev.frontdesk.events.PromptEvent;
import dev.frontdesk.messaging.Inbox;
import dev.frontdesk.messaging.Received;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Keeps the copies of FAQs, prompts and customers: a newer version replaces, anything else is old news. */
@ApplicationScoped
class CopyKeeper {

    private final Inbox inbox;
    private final Pool pool;

    CopyKeeper(Inbox inbox, Pool pool) {
        this.inbox = inbox;
        this.pool = pool;
    }

    @Incoming("faqs")
    Uni<Void> onFaq(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::keep);
    }

    @Incoming("prompts")
    Uni<Void> onPrompt(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::keep);
    }

    @Incoming("customers")
    Uni<Void> onCustomer(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::keep);
    }

    private Uni<Void> keep(Received received) {
        DomainEvent event = received.event();
        if (event instanceof FaqEvent.Changed faq) {
            return run(
                    received,
                    """
                    insert into faq_copies as present
                        (client_id, id, version, category, question, answer, keywords, is_active, display_order)
                    values (set_config('app.client_id', $1, true), $2, $3, $4, $5, $6, $7, $8, $9)
                    on conflict (client_id, id) do update set version = excluded.version, category = excluded.category,
                        question = excluded.question, answer = excluded.answer, keywords = excluded.keywords,
                        is_active = excluded.is_active, display_order = excluded.display_order
                    where excluded.version > present.version
                    """,
                    faq.id(),
                    faq.version(),
                    faq.category(),
                    faq.question(),
                    faq.answer(),
                    faq.keywords() == null ? new String[0] : faq.keywords().toArray(String[]::new),
                    faq.active(),
                    faq.displayOrder());
        }
        if (event instanceof FaqEvent.Deleted faq) {
            // The row stays as a tombstone: a replayed change must not bring it back.
            return run(received, """
                    insert into faq_copies as present (client_id, id, version)
                    values (set_config('app.client_id', $1, true), $2, $3)
                    on conflict (client_id, id) do update set version = excluded.version, is_active = false,
                        question = null, answer = null, keywords = '{}'
                    where excluded.version >= present.version
                    """, faq.id(), faq.version());
        }
        if (event instanceof PromptEvent.Activated prompt) {
            return run(
                    received,
                    """
                    insert into prompt_copies as present
                        (client_id, prompt_type, version, id, prompt_version, system_prompt)
                    values (set_config('app.client_id', $1, true), $2, $3, $4, $5, $6)
                    on conflict (client_id, prompt_type) do update set version = excluded.version, id = excluded.id,
                        prompt_version = excluded.prompt_version, system_prompt = excluded.system_prompt
                    where excluded.version > present.version
                    """,
                    prompt.promptType(),
                    prompt.version(),
                    prompt.id(),
                    prompt.promptVersion(),
                    prompt.systemPrompt());
        }
        if (event instanceof CustomerEvent.Created created) {
            return customer(received, created.customer());
        }
        if (event instanceof CustomerEvent.Updated updated) {
            return customer(received, updated.customer());
        }
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> customer(Received received, CustomerSnapshot customer) {
        return run(
                received,
                """
                insert into customer_copies as present (client_id, id, version, phone, name, address)
                values (set_config('app.client_id', $1, true), $2, $3, $4, $5, $6)
                on conflict (client_id, id) do update set version = excluded.version, phone = excluded.phone,
                    name = excluded.name, address = excluded.address
                where excluded.version > present.version
                """,
                customer.id(),
                customer.version(),
                customer.mergedInto() == null ? customer.phone() : null,
                customer.name(),
                customer.address());
    }

    /** One statement, one round trip, its own transaction: $1 is the client, bound by the row that is written. */
    private Uni<Void> run(Received received, String sql, Object... values) {
        Tuple tuple = Tuple.of(received.clientId());
        Arrays.stream(values).forEach(tuple::addValue);
        return pool.preparedQuery(sql).execute(tuple).replaceWithVoid();
    }
}
