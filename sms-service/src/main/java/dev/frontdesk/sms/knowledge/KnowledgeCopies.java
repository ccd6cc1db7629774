package dev.frontdesk.sms.knowledge;

import dev.frontdesk.events.DomainEvent;
import dev.frontdesk.events.FaqEvent;
import dev.frontdesk.events.PromptEvent;
import dev.frontdesk.messaging.Inbox;
import dev.frontdesk.messaging.Received;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Keeps the copies of FAQs and of the prompt for texts; only a newer version replaces. */
@ApplicationScoped
class KnowledgeCopies {

    private final Inbox inbox;
    private final Tenant tenant;

    KnowledgeCopies(Inbox inbox, Tenant tenant) {
        this.inbox = inbox;
        this.tenant = tenant;
    }

    @Incoming("faqs")
    Uni<Void> onFaq(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::keep);
    }

    @Incoming("prompts")
    Uni<Void> onPrompt(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::keep);
    }

    private Uni<Void> keep(Received received) {
        DomainEvent event = received.event();
        if (event instanceof FaqEvent.Changed faq) {
            return run(received, """
                    insert into faq_copies as f (id, version, question, answer, keywords, is_active, display_order)
                    values ($1, $2, $3, $4, $5, $6, $7)
                    on conflict (client_id, id) do update
                        set version = excluded.version, question = excluded.question, answer = excluded.answer,
                            keywords = excluded.keywords, is_active = excluded.is_active,
                            display_order = excluded.display_order
                        where f.version < excluded.version
                    """, changed(faq));
        } else if (event instanceof FaqEvent.Deleted faq) {
            return run(received, """
                    insert into faq_copies as f (id, version) values ($1, $2)
                    on conflict (client_id, id) do update
                        set version = excluded.version, question = null, answer = null, keywords = '{}', is_active = false
                        where f.version <= excluded.version
                    """, Tuple.of(faq.id(), faq.version()));
        } else if (event instanceof PromptEvent.Activated prompt
                && prompt.promptType().equals("sms")) {
            return run(
                    received,
                    """
                    insert into prompt_copies as p (prompt_type, version, prompt_version, system_prompt)
                    values ($1, $2, $3, $4)
                    on conflict (client_id, prompt_type) do update
                        set version = excluded.version, prompt_version = excluded.prompt_version,
                            system_prompt = excluded.system_prompt
                        where p.version < excluded.version
                    """,
                    Tuple.of(prompt.promptType(), prompt.version(), prompt.promptVersion(), prompt.systemPrompt()));
        }
        return Uni.createFrom().voidItem();
    }

    private static Tuple changed(FaqEvent.Changed faq) {
        return Tuple.tuple()
                .addUUID(faq.id())
                .addLong(faq.version())
                .addString(faq.question())
                .addString(faq.answer())
                .addArrayOfString(
                        faq.keywords() == null ? new String[0] : faq.keywords().toArray(String[]::new))
                .addBoolean(faq.active())
                .addInteger(faq.displayOrder());
    }

    private Uni<Void> run(Received received, String statement, Tuple arguments) {
        return tenant.sql(
                received.clientId(),
                connection ->
                        connection.preparedQuery(statement).execute(arguments).replaceWithVoid());
    }
}
