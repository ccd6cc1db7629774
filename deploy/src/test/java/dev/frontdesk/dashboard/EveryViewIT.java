package dev.frontdesk.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for each view of the page: it fits a phone, anybody can use it, and keys lead to it. */
class EveryViewIT {

    private static final String NOWHERE = "#/nowhere";

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

    private static Visitor visitor;

    @BeforeAll
    static void start() {
        visitor = Visitor.afterAMorning();
    }

    @AfterAll
    static void stop() {
        Visitor.goodbye(visitor);
    }

    @AfterEach
    void closeWindow() {
        visitor.closeWindow();
    }

    @Test
    void everyViewFitsAPhone() {
        visitor.window(390, 844, ColorScheme.LIGHT);
        everyView((page, address) -> assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as(address)
                .isEqualTo(390));
    }

    @Test
    void everyViewIsAccessible() {
        visitor.window(1440, 900, ColorScheme.LIGHT);
        areAccessible(page -> page.withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")));
    }

    /** Only the colours differ. */
    @Test
    void everyViewIsReadableInTheDark() {
        visitor.window(1440, 900, ColorScheme.DARK);
        areAccessible(page -> page.withRules(List.of("color-contrast")));
    }

    private void areAccessible(UnaryOperator<AxeBuilder> rules) {
        everyView((page, address) -> {
            assertThat(page.locator(".skeleton")).hasCount(0);
            assertThat(rules.apply(new AxeBuilder(page)).analyze().getViolations())
                    .as(address)
                    .isEmpty();
        });
    }

    /** One after the other in one page, as somebody goes through them; each from nowhere, so that none is taken for the last. */
    private void everyView(BiConsumer<Page, String> look) {
        Page page = visitor.open(NOWHERE);
        VIEWS.forEach((address, title) -> {
            goTo(page, NOWHERE, "There is no such page");
            goTo(page, address, title);
            look.accept(page, address);
        });
    }

    private static void goTo(Page page, String address, String title) {
        page.evaluate("address => { location.hash = address }", address);
        assertThat(page.locator("main h1")).hasText(title);
    }

    @Test
    void keysLeadEverywhere() {
        visitor.window(1440, 900, ColorScheme.LIGHT);
        Page page = visitor.open(NOWHERE);
        for (String key : List.of("t", "c", "x", "b", "p", "q", "a", "d")) {
            goTo(page, NOWHERE, "There is no such page");
            page.keyboard().press("g");
            page.keyboard().press(key);
            assertThat(page.locator("nav.side [aria-current=page]")).hasCount(1);
            assertThat(page.locator("main h1")).not().hasText("There is no such page");
        }
    }
}
