package dev.frontdesk.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every overlay renders and holds up to a strict look; mistakes planted in a copy are found. Needs kubectl, no cluster. */
class OverlaysTest {

    private static final Path KUBERNETES =
            Path.of("").toAbsolutePath().getParent().resolve("deploy/kubernetes");
    private static final Map<String, String> RENDERED = new HashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"single-node", "staging", "production"})
    void everyOverlayIsWithoutFault(String overlay) throws Exception {
        assertThat(Cluster.of(rendered(overlay)).faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a misspelt field            | readinessProbe:                    | readinesProbe:",
                "a word for a number         | replicas: 2                        | replicas: two",
                "a field of another place    | restartPolicy: Never               | restartPolicies: Never",
                "root                        | runAsNonRoot: true                 | runAsNonRoot: false",
                "a root that can be written  | readOnlyRootFilesystem: true       | readOnlyRootFilesystem: false",
                "a token                     | automountServiceAccountToken: false | automountServiceAccountToken: true",
                "a port nobody listens on    | targetPort: http                   | targetPort: htpt",
                "a probe of no port          | path: /q/health/ready\\n\\s+port: http | path: /q/health/ready\\n            port: web",
                "no memory limit             | limits:\\n\\s+memory: 384Mi        | limits: {}",
                "another's pods              | matchLabels:\\n\\s+app.kubernetes.io/name: sms-service | matchLabels:\\n      app.kubernetes.io/name: sms",
                "a route to nowhere          | name: call-service\\n\\s+port: 8080 | name: call-service\\n      port: 9090",
                "a topic that does not exist | topic: frontdesk.calls             | topic: frontdesk.call",
                "a misspelt topic setting    | partitions: 6                      | partition: 6",
                "a misspelt durability       | dataDurability: required           | datadurability: required",
                "a text for a number         | instances: 3                       | instances: '3'",
                "a log that is not kept      | isWALArchiver: true                | isWALArchiver: false",
                "a backup of nothing         | cluster:\\n\\s+name: sms-db        | cluster:\\n    name: sms",
                "a rule without expression   | expr:                              | exp:",
                "a config map that is none   | configMapRef:\\n\\s+name: frontdesk | configMapRef:\\n            name: frontdesc",
                "an old kind                 | apiVersion: kafka.strimzi.io/v1    | apiVersion: kafka.strimzi.io/v1beta2"
            })
    void aPlantedMistakeIsFound(String mistake, String from, String to) throws Exception {
        String right = rendered("production");
        String wrong = right.replaceFirst(from, to.replace("\\n", "\n"));
        assertThat(wrong).as("%s could be planted", mistake).isNotEqualTo(right);
        assertThat(Cluster.of(wrong).faults()).as(mistake).isNotEmpty();
    }

    @Test
    void theSecretsComponentMakesTheSecretsThatTheOthersExpect() throws IOException {
        String secrets = Files.readString(KUBERNETES.resolve("components/external-secrets/secrets.yaml"));
        Cluster cluster = Cluster.of(secrets);
        assertThat(cluster.faults()).isEmpty();
        for (String service : new String[] {"booking", "call", "sms", "customer", "analytics"}) {
            assertThat(secrets).contains("name: " + service + "-db-app", "name: " + service + "-db-owner");
        }
        assertThat(secrets).contains("name: frontdesk-keys", "name: frontdesk-clients", "name: frontdesk-backups");
    }

    private static synchronized String rendered(String overlay) throws Exception {
        if (!RENDERED.containsKey(overlay)) {
            RENDERED.put(overlay, render(overlay));
        }
        return RENDERED.get(overlay);
    }

    private static String render(String overlay) throws IOException, InterruptedException {
        Process kubectl;
        try {
            kubectl = new ProcessBuilder(
                            "kubectl",
                            "--kubeconfig=/dev/null",
                            "kustomize",
                            KUBERNETES.resolve("overlays/" + overlay).toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException none) {
            assumeTrue(false, "skipped: there is no kubectl to render the overlays with");
            throw none;
        }
        String rendered = new String(kubectl.getInputStream().readAllBytes());
        assertThat(kubectl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(kubectl.exitValue()).as(rendered).isZero();
        return rendered;
    }
}
