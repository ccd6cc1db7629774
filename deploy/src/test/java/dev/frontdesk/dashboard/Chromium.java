package dev.frontdesk.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A headless Chromium: the one that CHROMIUM names, or that is installed, or that CI may install. */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static final String NONE =
            "No Chromium here, so the page is not tested: install the package chromium, or set CHROMIUM to one";

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        // The driver would otherwise fetch browsers of its own.
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setHeadless(true)
                        .setArgs(FLAGS));
    }

    /** Skips the test, and says why, where no browser can be had. */
    public static Chromium orSkip() {
        Optional<Path> executable = installed().or(Chromium::install);
        if (executable.isEmpty()) {
            // Before the first test of a class, the report would say nothing but "Tests run: 0".
            System.out.println("SKIPPED: " + NONE);
        }
        Assumptions.assumeTrue(executable.isPresent(), NONE);
        return new Chromium(executable.get());
    }

    public Browser browser() {
        return browser;
    }

    private static Optional<Path> installed() {
        Stream<Path> named = Stream.ofNullable(System.getenv("CHROMIUM")).map(Path::of);
        Stream<Path> found = Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return Stream.concat(named, found).filter(Files::isExecutable).findFirst();
    }

    /** Only in CI, and only where one may: nobody's own machine gets a package from a test. One JVM at a time, others then find it. */
    private static Optional<Path> install() {
        if (System.getenv("CI") == null || !"root".equals(System.getProperty("user.name"))) {
            return Optional.empty();
        }
        try (FileChannel turn = FileChannel.open(
                Path.of("target", "chromium.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            turn.lock();
            return installed()
                    .or(() -> runs("apt-get", "update", "-qq")
                                    && runs("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
                            ? installed()
                            : Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean runs(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(4, TimeUnit.MINUTES)) {
                process.destroy();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        playwright.close();
    }
}
