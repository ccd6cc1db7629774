package dev.frontdesk.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the Deployment in deploy/kubernetes/base asks of a cluster, said to a container engine. */
record Manifest(PodSpec pod, Container container, Map<String, String> settings) {

    private static final Pattern LITERAL = Pattern.compile("(?m)^\\s+- ([A-Z_]+)=(.*)$");

    static Manifest inBase(Path base) throws IOException {
        PodSpec pod = Serialization.unmarshal(Files.readString(base.resolve("app/deployment.yaml")), Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec();
        Container container = pod.getContainers().get(0);
        Map<String, String> settings = new LinkedHashMap<>();
        LITERAL.matcher(Files.readString(base.resolve("kustomization.yaml")))
                .results()
                .forEach(it -> settings.put(it.group(1), it.group(2)));
        container.getEnv().stream()
                .filter(it -> it.getValue() != null)
                .forEach(it -> settings.put(it.getName(), it.getValue()));
        return new Manifest(pod, container, settings);
    }

    /** Options of {@code docker run}; what a limit does not say, is not limited here either. */
    List<String> options() {
        PodSecurityContext user = pod.getSecurityContext();
        SecurityContext security = container.getSecurityContext();
        List<String> options = new ArrayList<>();
        options.add("--user=%d:%d".formatted(user.getRunAsUser(), user.getRunAsGroup()));
        if (security.getReadOnlyRootFilesystem()) {
            options.add("--read-only");
        }
        if (!security.getAllowPrivilegeEscalation()) {
            options.add("--security-opt=no-new-privileges");
        }
        security.getCapabilities().getDrop().forEach(it -> options.add("--cap-drop=" + it));
        // RuntimeDefault is what an engine does unasked.
        assertThat(user.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        options.add("--memory=" + memory());
        options.add("--memory-swap=" + memory());
        // As the kubelet counts: 1024 shares are a CPU.
        options.add(
                "--cpu-shares=" + Math.round(1024 * cpu(container.getResources().getRequests())));
        Map<String, Quantity> limits = container.getResources().getLimits();
        if (limits.containsKey("cpu")) {
            options.add("--cpus=" + cpu(limits));
        }
        for (Volume volume : pod.getVolumes()) {
            if (volume.getEmptyDir() != null) {
                options.add("--tmpfs=%s:rw,exec,mode=1777,size=%d"
                        .formatted(
                                mount(volume).getMountPath(),
                                Quantity.getAmountInBytes(volume.getEmptyDir().getSizeLimit())
                                        .longValue()));
            }
        }
        return options;
    }

    /** Puts a file where the manifest has that Secret. */
    String secret(String name, Path file) {
        Volume volume = pod.getVolumes().stream()
                .filter(it ->
                        it.getSecret() != null && it.getSecret().getSecretName().equals(name))
                .findFirst()
                .orElseThrow();
        return "--volume=%s:%s/%s:ro".formatted(file, mount(volume).getMountPath(), file.getFileName());
    }

    long memory() {
        return Quantity.getAmountInBytes(container.getResources().getLimits().get("memory"))
                .longValue();
    }

    String readiness() {
        return container.getReadinessProbe().getHttpGet().getPath();
    }

    private VolumeMount mount(Volume volume) {
        return container.getVolumeMounts().stream()
                .filter(it -> it.getName().equals(volume.getName()))
                .findFirst()
                .orElseThrow();
    }

    private static double cpu(Map<String, Quantity> amounts) {
        return Quantity.getAmountInBytes(amounts.get("cpu")).doubleValue();
    }
}
