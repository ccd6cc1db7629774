package dev.frontdesk.call.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.events.CustomerSnapshot;
import dev.frontdesk.events.FaqEvent;
import dev.frontdesk.events.PromptEvent;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What call-service knows of the others' FAQs, prompts and customers is the newest, whatever the order, at one client. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class CopyKeeperIT {

    private static final Database DB = Database.asSuperuser("call");
    private static final Instant AT = Instant.parse("2026-03-02T15:00:00Z");

    private final UUID id = UUID.randomUUID();

    @Test
    void aFaqIsTheNewestAndOnceDeletedStaysSo() {
        Topic.publish("acme", faq(2, "At nine"));
        Topic.publish("acme", faq(1, "At ten"));
        Topic.publish("acme", faq(3, "At eight"));
        await().untilAsserted(() -> assertThat(copies("faq_copies"))
                .singleElement()
                .satisfies(copy -> assertThat(copy)
                        .containsEntry("client_id", "acme")
                        .containsEntry("version", 3L)
                        .containsEntry("answer", "At eight")
                        .containsEntry("is_active", true)
                        .containsEntry("display_order", 4)));
        Topic.publish("acme", new FaqEvent.Deleted(AT, id, 4));
        Topic.publish("acme", faq(3, "At eight"));
        Topic.publish("acme", new FaqEvent.Deleted(AT, id, 5));
        await().untilAsserted(() -> assertThat(copies("faq_copies"))
                .singleElement()
                .satisfies(copy -> assertThat(copy)
                        .containsEntry("version", 5L)
                        .containsEntry("is_active", false)
                        .containsEntry("answer", null)));
    }

    @Test
    void aCustomerIsTheNewestAndWithoutANumberOnceMerged() {
        Topic.publish("acme", customer(2, "Ann Lee", null));
        Topic.publish("acme", customer(1, "ann", null));
        await().untilAsserted(() -> assertThat(copies("customer_copies"))
                .singleElement()
                .satisfies(copy -> assertThat(copy)
                        .containsEntry("client_id", "acme")
                        .containsEntry("name", "Ann Lee")
                        .containsEntry("phone", "+4930901820")));
        Topic.publish("acme", customer(3, "Ann Lee", UUID.randomUUID()));
        await().untilAsserted(() -> assertThat(copies("customer_copies"))
                .singleElement()
                .satisfies(copy -> assertThat(copy).containsEntry("version", 3L).containsEntry("phone", null)));
    }

    @Test
    void theActivePromptIsTheOneActivatedLast() {
        Topic.publish("acme", prompt(1_000_002, "Be brief"));
        Topic.publish("acme", prompt(1_000_001, "Be long"));
        Topic.publish("acme", prompt(1_000_003, "Be kind"));
        await().untilAsserted(() -> assertThat(copies("prompt_copies"))
                .singleElement()
                .satisfies(copy -> assertThat(copy)
                        .containsEntry("client_id", "acme")
                        .containsEntry("version", 1_000_003L)
                        .containsEntry("system_prompt", "Be kind")));
    }

    private FaqEvent faq(long version, String answer) {
        return new FaqEvent.Changed(AT, id, version, "hours", "When do you open?", answer, List.of("open"), true, 4);
    }

    private CustomerEvent customer(long version, String name, UUID mergedInto) {
        return new CustomerEvent.Updated(
                AT, new CustomerSnapshot(id, version, name, "+4930901820", null, null, List.of(), mergedInto, AT));
    }

    private PromptEvent prompt(long version, String text) {
        return new PromptEvent.Activated(AT, id, version, "sms", "v1.0.0", text, "acme");
    }

    private List<Map<String, Object>> copies(String table) {
        return DB.rows("select * from " + table + " where id = ?", id);
    }
}
