package dev.frontdesk.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The rules and dashboards: the same on Kubernetes, each alert with its paragraph, and right by promtool's word. */
class RulesTest {

    private static final Path DEPLOY = Path.of("").toAbsolutePath().getParent().resolve("deploy");
    private static final Path OBSERVABILITY = DEPLOY.resolve("observability");

    @Test
    void kubernetesHasTheSameRules() throws IOException {
        Map<String, Map<String, Object>> manifest =
                yaml(DEPLOY.resolve("kubernetes/components/prometheus/prometheusrule.yaml"));
        assertThat(manifest.get("spec").get("groups"))
                .isEqualTo(yaml(OBSERVABILITY.resolve("rules.yaml")).get("groups"));
    }

    @Test
    void everyAlertHasItsParagraphAndItsTest() throws IOException {
        String runbook = Files.readString(DEPLOY.resolve("README.md"));
        String tests = Files.readString(OBSERVABILITY.resolve("tests.yaml"));
        for (String line :
                Files.readString(OBSERVABILITY.resolve("rules.yaml")).lines().toList()) {
            if (line.trim().startsWith("- alert: ")) {
                String alert = line.trim().substring("- alert: ".length());
                assertThat(runbook).contains("#### " + alert + "\n");
                assertThat(tests).contains("alertname: " + alert);
            }
        }
    }

    @Test
    void theAlertsRingWhenTheyShould() throws Exception {
        promtool("test", "rules", OBSERVABILITY.resolve("tests.yaml").toString());
    }

    @Test
    void everyExpressionOfTheDashboardsCanBeRead(@TempDir Path folder) throws Exception {
        List<Map<String, String>> rules = new ArrayList<>();
        try (Stream<Path> dashboards = Files.list(OBSERVABILITY.resolve("dashboards"))) {
            for (Path file : dashboards.sorted().toList()) {
                for (JsonNode panel : new ObjectMapper().readTree(file.toFile()).path("panels")) {
                    for (JsonNode target : panel.path("targets")) {
                        String expression = target.path("expr").asText().replace("$service", ".*");
                        rules.add(Map.of("record", "shown" + rules.size(), "expr", expression));
                    }
                }
            }
        }
        assertThat(rules).hasSizeGreaterThan(30);
        Path file = folder.resolve("dashboards.yaml");
        Files.writeString(
                file, new Yaml().dump(Map.of("groups", List.of(Map.of("name", "dashboards", "rules", rules)))));
        promtool("check", "rules", file.toString());
    }

    private static void promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Optional.ofNullable(System.getenv("PROMTOOL")).orElse("promtool")));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException none) {
            assumeTrue(
                    false,
                    "skipped: there is no promtool (Debian's package prometheus has it; PROMTOOL names another)");
            throw none;
        }
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static <T> Map<String, T> yaml(Path file) throws IOException {
        return new Yaml().load(Files.readString(file));
    }
}
