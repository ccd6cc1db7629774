package dev.frontdesk.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.frontdesk.local.Settings;
import dev.frontdesk.simulate.Simulate;
import dev.frontdesk.testing.Topic;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in a real browser over the real platform, after a simulated morning. */
class DashboardIT {

    private static Visitor visitor;
    private static Settings settings;
    private static Desk desk;

    @BeforeAll
    static void start() {
        visitor = Visitor.afterAMorning();
        settings = visitor.settings();
        desk = new Desk(settings.gatewayUrl());
    }

    @AfterAll
    static void stop() {
        Visitor.goodbye(visitor);
    }

    @BeforeEach
    void openWindow() {
        visitor.window(1440, 900, ColorScheme.LIGHT);
    }

    @AfterEach
    void closeWindow() {
        visitor.closeWindow();
    }

    @Test
    void todayShowsTheNumbersOfTheApi() {
        Page page = visitor.open("#/today");
        String calls = desk.get("/api/analytics/summary")
                .path("today")
                .path("total_calls")
                .asText();
        assertThat(figure(page, "Calls")).hasText(calls);
        assertThat(page.locator(".chart-canvas canvas").first()).isVisible();
    }

    @Test
    void aWebhookMovesTodayWithoutReload() {
        Page page = visitor.open("#/today");
        assertThat(figure(page, "Texts")).not().hasText("");
        String before = figure(page, "Texts").textContent();
        Simulate.play(
                settings,
                "sms",
                "--seed",
                Integer.toString(Math.floorMod(UUID.randomUUID().hashCode(), 1_000_000)));
        await().atMost(Visitor.PATIENCE)
                .untilAsserted(
                        () -> assertThat(figure(page, "Texts").textContent()).isNotEqualTo(before));
    }

    @Test
    void aCallOpensWithWhatWasSaid() {
        Page page = visitor.open("#/calls?status=completed");
        page.locator("tbody [data-row]").first().click();
        assertThat(page.locator(".detail .facts")).containsText("Length");
        assertThat(page.locator(".detail-head")).containsText("Completed");
    }

    @Test
    void aBookingMadeOnThePageIsInTheApiAndItsTextIsQueued() {
        Page page = visitor.open("#/bookings/new");
        page.getByLabel("Phone", new Page.GetByLabelOptions().setExact(true)).fill("(212) 555-0177");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Paula Page");
        page.locator(".day-strip button:not([disabled])").nth(1).click();
        page.locator(".slot").first().click();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Book").setExact(true))
                .click();
        assertThat(page.locator(".detail-title")).containsText("Paula Page");
        assertThat(desk.items("/api/bookings?phone=%2B12125550177"))
                .singleElement()
                .satisfies(it -> assertThat(it.path("source").asText()).isEqualTo("manual"));
        await().atMost(Visitor.PATIENCE)
                .untilAsserted(
                        () -> assertThat(desk.items("/api/sms/messages?phone=%2B12125550177&purpose=confirmation"))
                                .isNotEmpty());
    }

    @Test
    void aTakenTimeIsExplainedAndAnotherIsOneClickAway() {
        // No simulated day books so far ahead.
        LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(112);
        String slot = desk.items("/api/availability?service_type=regular&from=%s&to=%s".formatted(day, day.plusDays(6)))
                .path(0)
                .path("starts_at")
                .asText();
        // Both vans are taken behind the page's back.
        book("Ada First", "+12125550181", slot);
        book("Bea Second", "+12125550182", slot);
        Page page = visitor.open("#/bookings/new?at=" + slot);
        page.getByLabel("Phone", new Page.GetByLabelOptions().setExact(true)).fill("(212) 555-0183");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Cleo Third");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Book").setExact(true))
                .click();
        assertThat(page.locator("[role=alert]")).containsText("Free instead");
        page.locator("[role=alert] .slot").first().click();
        assertThat(page.locator(".detail-title")).containsText("Cleo Third");
    }

    @Test
    void aReplyIsCountedWhileItIsWrittenAndQueuedWhenSent() {
        Page page = visitor.open("#/texts/%2B12125550191");
        Locator reply = page.getByLabel("Reply");
        reply.fill("See you soon");
        assertThat(page.locator("#reply-segments")).containsText("1 text, 148 left");
        assertThat(page.locator("#reply-segments")).containsText("GSM-7");
        reply.fill("See you soon 👍");
        assertThat(page.locator("#reply-segments")).containsText("UCS-2");
        reply.fill("See you soon");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Send").setExact(true))
                .click();
        assertThat(page.locator(".message[data-direction=outbound]")).containsText("See you soon");
        assertThat(desk.items("/api/sms/messages?phone=%2B12125550191")).hasSize(1);
    }

    @Test
    void whatPeopleWriteIsShownAsTextAndNeverRuns() {
        String evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        desk.post(
                "/api/customers",
                Desk.body().put("name", evil).put("phone", "+12125550195").put("notes", evil));
        desk.post(
                "/api/sms/messages",
                Desk.body().put("phone_number", "+12125550195").put("message_body", evil));
        Page page = visitor.open("#/customers?phone=%2B12125550195");
        assertThat(page.locator(".detail-title h2")).hasText(evil);
        page.navigate(settings.gatewayUrl() + "/#/texts/%2B12125550195");
        assertThat(page.locator(".message-body")).hasText(evil);
        assertThat(page.title()).doesNotContain("owned");
    }

    @Test
    void anEventThatAServiceRefusedIsShownWithItsReasonAndPlayedAgain() {
        String mark = UUID.randomUUID().toString();
        Map<String, String> headers = Map.of(
                "ce_id",
                mark,
                "ce_source",
                "test",
                "ce_specversion",
                "1.0",
                "ce_type",
                "call.ended.v1",
                "ce_clientid",
                "default");
        Topic.at(settings.bootstrapServers(), "frontdesk.calls").send(mark, "{}", headers);
        Page page = visitor.open("#/deliveries/events");
        Locator row = page.locator("tbody tr", new Page.LocatorOptions().setHasText("analytics-service"))
                .first();
        assertThat(row).containsText("call.ended.v1");
        assertThat(row).containsText("not a call.ended.v1");
        row.getByRole(AriaRole.BUTTON).click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Play again"))
                .click();
        assertThat(page.getByText("The event is on its way")).isVisible();
    }

    @Test
    void anotherClientIsAnotherBusiness() {
        desk.post("/api/customers", Desk.body().put("name", "Only Of Default").put("phone", "+12125550199"));
        Page page = visitor.open("#/customers?phone=%2B12125550199");
        assertThat(page.locator(".detail-title h2")).hasText("Only Of Default");
        page.locator("#client-side").selectOption("acme");
        assertThat(page.getByText("Only Of Default")).hasCount(0);
        assertThat(desk.fetch("/api/customers?phone=%2B12125550199").body()).contains("Only Of Default");
    }

    @Test
    void theFirstLoadIsLightAndComesWithAStrictPolicy() {
        Page page = visitor.page();
        List<Integer> sizes = new ArrayList<>();
        page.onRequestFinished(request -> {
            if (request.url().contains("/static/") || request.url().endsWith("/")) {
                sizes.add(request.sizes().responseBodySize);
            }
        });
        page.navigate(settings.gatewayUrl() + "/");
        assertThat(page.locator(".chart-canvas canvas").first()).isVisible();
        assertThat(sizes.stream().mapToInt(it -> it).sum()).isBetween(50_000, 300_000);
        assertThat(desk.fetch("/").headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
    }

    private static Locator figure(Page page, String name) {
        return page.locator(".figure", new Page.LocatorOptions().setHasText(name))
                .locator(".figure-value")
                .first();
    }

    private static void book(String name, String phone, String at) {
        desk.post(
                "/api/bookings",
                Desk.body()
                        .put("customer_name", name)
                        .put("customer_phone", phone)
                        .put("service_type", "regular")
                        .put("number_of_loads", 1)
                        .put("scheduled_at", at));
    }
}
