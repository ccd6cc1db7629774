package dev.frontdesk.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.frontdesk.local.Settings;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.simulate.Simulate;
import dev.frontdesk.testing.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser over the real platform, after a simulated morning. */
class DashboardIT {

    /** Everything runs on one machine here. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Map<String, String> VIEWS = Map.ofEntries(
            Map.entry("#/today", "Today"),
            Map.entry("#/calls", "Calls"),
            Map.entry("#/texts", "Texts"),
            Map.entry("#/bookings", "Bookings"),
            Map.entry("#/bookings?view=day", "Bookings"),
            Map.entry("#/bookings?view=list", "Bookings"),
            Map.entry("#/bookings/new", "Bookings"),
            Map.entry("#/customers", "Customers"),
            Map.entry("#/faqs", "FAQs"),
            Map.entry("#/prompts", "Prompts"),
            Map.entry("#/deliveries", "Deliveries & opt-outs"),
            Map.entry("#/deliveries/events", "Deliveries & opt-outs"));

    private static Chromium chromium;
    private static Settings settings;
    private static Desk desk;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;

    @BeforeAll
    static void start() {
        chromium = Chromium.orSkip();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
        settings = TestPlatform.running().settings();
        desk = new Desk(settings.gatewayUrl());
        Simulate.play(settings, "out-of-order", "--seed", "7");
        Simulate.play(settings, "sms", "--seed", "8");
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void openWindow() {
        context = chromium.browser().newContext(window(1440, 900, ColorScheme.LIGHT));
    }

    @AfterEach
    void closeWindow() {
        context.close();
        assertThat(complaints).isEmpty();
    }

    @Test
    void todayShowsTheNumbersOfTheApi() {
        Page page = open("#/today");
        String calls = desk.get("/api/analytics/summary")
                .path("today")
                .path("total_calls")
                .asText();
        assertThat(figure(page, "Calls")).hasText(calls);
        assertThat(page.locator(".chart-canvas canvas").first()).isVisible();
    }

    @Test
    void aWebhookMovesTodayWithoutReload() {
        Page page = open("#/today");
        assertThat(figure(page, "Texts")).not().hasText("");
        String before = figure(page, "Texts").textContent();
        Simulate.play(
                settings,
                "sms",
                "--seed",
                Integer.toString(Math.floorMod(UUID.randomUUID().hashCode(), 1_000_000)));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(figure(page, "Texts").textContent()).isNotEqualTo(before));
    }

    @Test
    void aCallOpensWithWhatWasSaid() {
        Page page = open("#/calls?status=completed");
        page.locator("tbody [data-row]").first().click();
        assertThat(page.locator(".detail .facts")).containsText("Length");
        assertThat(page.locator(".detail-head")).containsText("Completed");
    }

    @Test
    void aBookingMadeOnThePageIsInTheApiAndItsTextIsQueued() {
        Page page = open("#/bookings/new");
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
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(desk.items("/api/sms/messages?phone=%2B12125550177&purpose=confirmation"))
                                .isNotEmpty());
    }

    @Test
    void aTakenTimeIsExplainedAndAnotherIsOneClickAway() {
        String slot = desk.items("/api/availability?service_type=regular")
                .path(0)
                .path("starts_at")
                .asText();
        // Both vans are taken behind the page's back.
        book("Ada First", "+12125550181", slot);
        book("Bea Second", "+12125550182", slot);
        Page page = open("#/bookings/new?at=" + slot);
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
        Page page = open("#/texts/%2B12125550191");
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
        Page page = open("#/customers?phone=%2B12125550195");
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
        Page page = open("#/deliveries/events");
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
        Page page = open("#/customers?phone=%2B12125550199");
        assertThat(page.locator(".detail-title h2")).hasText("Only Of Default");
        page.locator("#client-side").selectOption("acme");
        assertThat(page.getByText("Only Of Default")).hasCount(0);
        assertThat(desk.fetch("/api/customers?phone=%2B12125550199").body()).contains("Only Of Default");
    }

    @Test
    void theFirstLoadIsLightAndComesWithAStrictPolicy() {
        Page page = context.newPage();
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

    @Test
    void everyViewFitsAPhone() {
        context.close();
        context = chromium.browser().newContext(window(390, 844, ColorScheme.LIGHT));
        VIEWS.forEach((address, title) -> {
            Page page = open(address);
            assertThat(page.locator("main h1")).hasText(title);
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(address)
                    .isEqualTo(390);
            page.close();
        });
    }

    @Test
    void everyViewIsAccessible() {
        areAccessible(page -> page.withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")));
    }

    /** Only the colours differ. */
    @Test
    void everyViewIsReadableInTheDark() {
        context.close();
        context = chromium.browser().newContext(window(1440, 900, ColorScheme.DARK));
        areAccessible(page -> page.withRules(List.of("color-contrast")));
    }

    private void areAccessible(UnaryOperator<AxeBuilder> rules) {
        VIEWS.forEach((address, title) -> {
            Page page = open(address);
            assertThat(page.locator("main h1")).hasText(title);
            assertThat(page.locator(".skeleton")).hasCount(0);
            assertThat(rules.apply(new AxeBuilder(page)).analyze().getViolations())
                    .as(address)
                    .isEmpty();
            page.close();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "c", "x", "b", "p", "q", "a", "d"})
    void keysLeadEverywhere(String key) {
        Page page = open("#/nowhere");
        assertThat(page.locator("main h1")).hasText("There is no such page");
        page.keyboard().press("g");
        page.keyboard().press(key);
        assertThat(page.locator("nav.side [aria-current=page]")).hasCount(1);
        assertThat(page.locator("main h1")).not().hasText("There is no such page");
    }

    private Page open(String address) {
        Page page = context.newPage();
        page.onPageError(error -> complaints.add(address + ": " + error));
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(address + ": " + message.text());
            }
        });
        page.navigate(settings.gatewayUrl() + "/" + address);
        return page;
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

    private static Browser.NewContextOptions window(int width, int height, ColorScheme scheme) {
        return new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme);
    }
}
