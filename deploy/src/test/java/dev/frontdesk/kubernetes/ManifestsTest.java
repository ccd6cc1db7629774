package dev.frontdesk.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The manifests, the configuration and the README speak of the same topics, roles, variables and services. */
class ManifestsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)");
    private static final List<String> SERVICES = List.of("booking", "call", "sms", "customer", "analytics");

    @Test
    void everyTopicOfTheCodeIsOneOfTheClusterWithTheSameSettings() throws IOException {
        Map<String, Map<String, String>> cluster = new TreeMap<>();
        for (Map<String, Object> topic : documents("components/strimzi/topics.yaml")) {
            Map<String, String> settings = new TreeMap<>();
            settings.put("partitions", string(at(topic, "spec", "partitions")));
            map(at(topic, "spec", "config")).forEach((name, value) -> settings.put(name, string(value)));
            settings.remove("min.insync.replicas");
            cluster.put(string(at(topic, "metadata", "name")), settings);
        }
        assertThat(cluster).isEqualTo(topics());
    }

    @Test
    void everyServiceMayWriteItsDeadLettersAndReadWhatTheyCameFrom() throws IOException {
        Map<String, Set<String>> allowed = new TreeMap<>();
        for (Map<String, Object> user : documents("components/strimzi/users.yaml")) {
            Set<String> rules = new TreeSet<>();
            for (Object acl : (List<?>) at(user, "spec", "authorization", "acls")) {
                Map<String, Object> rule = map(acl);
                Map<String, Object> resource = map(rule.get("resource"));
                ((List<?>) rule.get("operations")).forEach(it -> rules.add(it + " " + resource.get("name")));
            }
            allowed.put(string(at(user, "metadata", "name")), rules);
        }
        Pattern dead = Pattern.compile("(frontdesk\\..+)\\.([a-z]+-service)\\.dlq");
        for (String topic : topics().keySet()) {
            Matcher consumer = dead.matcher(topic);
            if (consumer.matches()) {
                assertThat(allowed.get(consumer.group(2))).contains("Write " + topic, "Read " + consumer.group(1));
            }
        }
    }

    @Test
    void everyServiceHasItsDeploymentItsMigrationAndItsDatabase() throws IOException {
        for (String service : SERVICES) {
            assertThat(text("base/" + service + "/kustomization.yaml"))
                    .contains("newName: frontdesk/" + service + "-service", "name: " + service + "-db-app")
                    .doesNotContain("db-owner");
            assertThat(text("migrations/" + service + "/kustomization.yaml"))
                    .contains("name: " + service + "-db-owner");
            assertThat(text("components/cloudnative-pg/" + service + "/kustomization.yaml"))
                    .contains("owner: " + service + "_owner", "value: " + service + "_app");
        }
    }

    @Test
    void everyVariableTheCodeReadsAndTheManifestsSetIsInTheReadme() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Set<String> documented = Pattern.compile("`([A-Z][A-Z0-9_]+)`")
                .matcher(readme)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).containsAll(variables());
        for (String line : text("base/kustomization.yaml").lines().toList()) {
            Matcher literal = Pattern.compile("\\s+- ([A-Z_]+)=.*").matcher(line);
            if (literal.matches() && !literal.group(1).startsWith("JAVA_")) {
                assertThat(documented).contains(literal.group(1));
            }
        }
    }

    @Test
    void everyTopicAndDeadLetterTopicThatAServiceNamesExists() throws IOException {
        Pattern named = Pattern.compile("mp\\.messaging\\.incoming\\.[a-z]+\\.(?:dead-letter-queue\\.)?topic=(\\S+)");
        Set<String> topics = topics().keySet();
        for (String service : SERVICES) {
            Path file = ROOT.resolve(service + "-service/src/main/resources/application.properties");
            assertThat(named.matcher(Files.readString(file)).results().map(match -> match.group(1)))
                    .isNotEmpty()
                    // A pattern names no topic.
                    .allMatch(topic -> topic.contains("\\") || topics.contains(topic));
        }
    }

    private static Set<String> variables() throws IOException {
        Set<String> variables = new TreeSet<>();
        List<Path> files = new ArrayList<>(
                List.of(ROOT.resolve("common/src/main/resources/META-INF/microprofile-config.properties")));
        SERVICES.forEach(it -> files.add(ROOT.resolve(it + "-service/src/main/resources/application.properties")));
        for (Path file : files) {
            VARIABLE.matcher(Files.readString(file)).results().forEach(match -> variables.add(match.group(1)));
        }
        return variables;
    }

    private static Map<String, Map<String, String>> topics() throws IOException {
        Properties file = new Properties();
        try (InputStream in = ManifestsTest.class.getResourceAsStream("/META-INF/topics.properties")) {
            file.load(in);
        }
        Map<String, Map<String, String>> topics = new TreeMap<>();
        file.stringPropertyNames()
                .forEach(name -> topics.put(
                        name,
                        Stream.of(file.getProperty(name).split(" "))
                                .map(setting -> setting.split("="))
                                .collect(Collectors.toMap(it -> it[0], it -> it[1], (a, b) -> b, TreeMap::new))));
        return topics;
    }

    private static List<Map<String, Object>> documents(String file) throws IOException {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document : new Yaml().loadAll(text(file))) {
            if (document != null) {
                documents.add(map(document));
            }
        }
        return documents;
    }

    private static String text(String file) throws IOException {
        return Files.readString(KUBERNETES.resolve(file));
    }

    private static Object at(Map<String, Object> document, String... path) {
        Object here = document;
        for (String name : path) {
            here = map(here).get(name);
        }
        return here;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static String string(Object value) {
        return String.valueOf(value);
    }
}
