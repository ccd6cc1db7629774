package dev.frontdesk.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.frontdesk.local.Settings;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.simulate.Simulate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Somebody with a browser in front of the real platform, one window at a time. What the page complains of fails the test. */
final class Visitor {

    /** Everything runs on one machine here. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Chromium chromium;
    private final Settings settings;
    private final List<String> complaints = new ArrayList<>();
    private BrowserContext window;

    private Visitor(Chromium chromium, Settings settings) {
        this.chromium = chromium;
        this.settings = settings;
    }

    /** There has been some traffic. Skips the test where there is no browser. */
    static Visitor afterAMorning() {
        Chromium chromium = Chromium.orSkip();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
        Settings settings = TestPlatform.running().settings();
        Simulate.play(settings, "out-of-order", "--seed", "7");
        Simulate.play(settings, "sms", "--seed", "8");
        return new Visitor(chromium, settings);
    }

    /** Null where the test was skipped. */
    static void goodbye(Visitor visitor) {
        if (visitor != null) {
            visitor.chromium.close();
        }
    }

    Settings settings() {
        return settings;
    }

    void window(int width, int height, ColorScheme scheme) {
        window = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme)
                        // What is still fading in has another contrast.
                        .setReducedMotion(ReducedMotion.REDUCE));
    }

    void closeWindow() {
        window.close();
        assertThat(complaints).isEmpty();
    }

    /** An empty page. */
    Page page() {
        return window.newPage();
    }

    Page open(String address) {
        Page page = page();
        page.onPageError(error -> complaints.add(address + ": " + error));
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(address + ": " + message.text());
            }
        });
        page.navigate(settings.gatewayUrl() + "/" + address);
        return page;
    }
}
