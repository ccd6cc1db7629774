package dev.frontdesk.customer;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.frontdesk.customer.faqs.FaqStart;
import dev.frontdesk.customer.prompts.PromptStart;
import dev.frontdesk.database.Outage;
import dev.frontdesk.http.Json;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a business that just moved in knows and says, so that a laptop has something to show: written for each client of
 * {@code demo.json} that has no FAQs, or no prompts, while {@code frontdesk.demo-data} is {@code on}.
 */
@ApplicationScoped
class DemoData {

    private final Tenant tenant;
    private final Clients clients;
    private final FaqStart faqs;
    private final PromptStart prompts;
    private final boolean on;

    DemoData(
            Tenant tenant,
            Clients clients,
            FaqStart faqs,
            PromptStart prompts,
            @ConfigProperty(name = "frontdesk.demo-data") String demoData) {
        this.tenant = tenant;
        this.clients = clients;
        this.faqs = faqs;
        this.prompts = prompts;
        this.on = demoData.equals("on");
    }

    /** One client's start; the prompts by type. */
    record Start(List<FaqStart.Entry> faqs, Map<String, String> prompts) {}

    void start(@Observes StartupEvent started) throws Throwable {
        if (on) {
            // On a busy machine the first connection may take longer than requests are to wait for one.
            VertxContextSupport.subscribeAndAwait(() -> Uni.createFrom()
                    .deferred(this::furnish)
                    .onFailure(Outage::isCauseOf)
                    .retry()
                    .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2))
                    .atMost(20));
        }
    }

    private Uni<Void> furnish() {
        return Multi.createFrom()
                .iterable(read().entrySet())
                .filter(entry -> clients.all().containsKey(entry.getKey()))
                .onItem()
                .transformToUniAndConcatenate(entry -> furnish(entry.getKey(), entry.getValue()))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> furnish(String clientId, Start start) {
        return tenant.transaction(
                clientId, () -> faqs.writeIfNone(start.faqs()).chain(() -> prompts.writeIfNone(start.prompts())));
    }

    private static Map<String, Start> read() {
        try (InputStream file = DemoData.class.getResourceAsStream("/demo.json")) {
            return Json.mapper().readValue(file, new TypeReference<Map<String, Start>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
