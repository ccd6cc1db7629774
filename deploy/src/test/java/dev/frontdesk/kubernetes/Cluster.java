package dev.frontdesk.kubernetes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifests of one overlay, as they would be applied: what is wrong with each, and between them. */
record Cluster(List<Map<String, Object>> manifests) {

    static Cluster of(String rendered) {
        List<Map<String, Object>> manifests = new ArrayList<>();
        for (Object manifest : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(rendered)) {
            if (manifest != null) {
                manifests.add(map(manifest));
            }
        }
        return new Cluster(manifests);
    }

    List<String> faults() {
        List<String> faults = new ArrayList<>();
        manifests.forEach(manifest -> faults.addAll(Fields.faults(manifest)));
        Stream.concat(all("Deployment"), all("Job")).forEach(it -> checkPod(it, faults));
        all("Deployment").forEach(it -> checkDeployment(it, faults));
        all("Service").forEach(it -> checkService(it, faults));
        all("HTTPRoute").forEach(it -> checkRoute(it, faults));
        all("ServiceAccount")
                .filter(it -> !Boolean.FALSE.equals(it.get("automountServiceAccountToken")))
                .forEach(it -> faults.add(name(it) + " hands out a token"));
        all("PodDisruptionBudget")
                .filter(it ->
                        pods(map(at(it, "spec", "selector", "matchLabels"))).isEmpty())
                .forEach(it -> faults.add(name(it) + " protects no pod"));
        all("ScaledObject").forEach(it -> checkScaling(it, faults));
        all("ScheduledBackup").forEach(it -> checkBackup(it, faults));
        return faults;
    }

    private void checkPod(Map<String, Object> workload, List<String> faults) {
        Map<String, Object> pod = map(at(workload, "spec", "template", "spec"));
        String name = name(workload);
        expect(Boolean.FALSE.equals(pod.get("automountServiceAccountToken")), name + " mounts a token", faults);
        expect(Boolean.TRUE.equals(at(pod, "securityContext", "runAsNonRoot")), name + " may run as root", faults);
        expect(
                "RuntimeDefault".equals(at(pod, "securityContext", "seccompProfile", "type")),
                name + ": seccomp",
                faults);
        Object account = pod.get("serviceAccountName");
        expect(account == null || names("ServiceAccount").contains(account), name + ": no account " + account, faults);
        Set<Object> volumes = new HashSet<>();
        list(pod.get("volumes")).forEach(it -> volumes.add(it.get("name")));
        for (Map<String, Object> container : list(pod.get("containers"))) {
            Map<String, Object> security = map(container.get("securityContext"));
            expect(Boolean.TRUE.equals(security.get("readOnlyRootFilesystem")), name + ": root can be written", faults);
            expect(Boolean.FALSE.equals(security.get("allowPrivilegeEscalation")), name + ": privileges", faults);
            expect(List.of("ALL").equals(at(security, "capabilities", "drop")), name + ": capabilities", faults);
            expect(at(container, "resources", "limits", "memory") != null, name + ": no memory limit", faults);
            expect(at(container, "resources", "requests", "cpu") != null, name + ": no cpu request", faults);
            list(container.get("volumeMounts"))
                    .forEach(it ->
                            expect(volumes.contains(it.get("name")), name + ": no volume " + it.get("name"), faults));
            list(container.get("envFrom"))
                    .forEach(it -> expect(
                            names("ConfigMap").contains(at(it, "configMapRef", "name")),
                            name + ": no ConfigMap " + it,
                            faults));
        }
    }

    private static void checkDeployment(Map<String, Object> deployment, List<String> faults) {
        String name = name(deployment);
        Map<String, Object> labels = map(at(deployment, "spec", "template", "metadata", "labels"));
        Map<String, Object> selector = map(at(deployment, "spec", "selector", "matchLabels"));
        expect(labels.entrySet().containsAll(selector.entrySet()), name + " selects other pods than its own", faults);
        // Immutable: a label that changes with the version would forbid every upgrade.
        expect(!selector.containsKey("app.kubernetes.io/version"), name + " selects by version", faults);
        for (Map<String, Object> container : list(at(deployment, "spec", "template", "spec", "containers"))) {
            Set<Object> ports = new HashSet<>();
            list(container.get("ports")).forEach(it -> ports.add(it.get("name")));
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                Object port = container.get(probe) == null ? null : at(map(container.get(probe)), "httpGet", "port");
                expect(ports.contains(port), name + ": " + probe + " asks no port of the container", faults);
            }
        }
    }

    private void checkService(Map<String, Object> service, List<String> faults) {
        List<Map<String, Object>> pods = pods(map(at(service, "spec", "selector")));
        expect(!pods.isEmpty(), name(service) + " has no pods", faults);
        for (Map<String, Object> port : list(at(service, "spec", "ports"))) {
            expect(
                    pods.stream()
                            .flatMap(it -> list(it.get("containers")).stream())
                            .flatMap(it -> list(it.get("ports")).stream())
                            .anyMatch(it -> port.get("targetPort").equals(it.get("name"))
                                    || port.get("targetPort").equals(it.get("containerPort"))),
                    name(service) + ": nothing listens on " + port.get("targetPort"),
                    faults);
        }
    }

    private void checkRoute(Map<String, Object> route, List<String> faults) {
        for (Map<String, Object> rule : list(at(route, "spec", "rules"))) {
            for (Map<String, Object> backend : list(rule.get("backendRefs"))) {
                expect(
                        all("Service")
                                .filter(it -> name(it).equals(backend.get("name")))
                                .flatMap(it -> list(at(it, "spec", "ports")).stream())
                                .anyMatch(it -> it.get("port").equals(backend.get("port"))),
                        name(route) + " leads nowhere: " + backend,
                        faults);
            }
        }
    }

    private void checkScaling(Map<String, Object> scaling, List<String> faults) {
        Object target = at(scaling, "spec", "scaleTargetRef", "name");
        expect(names("Deployment").contains(target), name(scaling) + " scales nothing: " + target, faults);
        for (Map<String, Object> trigger : list(at(scaling, "spec", "triggers"))) {
            Object topic = at(trigger, "metadata", "topic");
            expect(topic == null || names("KafkaTopic").contains(topic), name(scaling) + ": no topic " + topic, faults);
        }
    }

    /** A copy without the log between is no way back to a moment: both go to a store that is there. */
    private void checkBackup(Map<String, Object> backup, List<String> faults) {
        Object cluster = at(backup, "spec", "cluster", "name");
        Object plugin = at(backup, "spec", "pluginConfiguration", "name");
        expect(
                all("Cluster")
                        .filter(it -> name(it).equals(cluster))
                        .flatMap(it -> list(at(it, "spec", "plugins")).stream())
                        .anyMatch(it -> it.get("name").equals(plugin)
                                && Boolean.TRUE.equals(it.get("isWALArchiver"))
                                && names("ObjectStore").contains(at(it, "parameters", "barmanObjectName"))),
                name(backup) + " has no cluster whose log is archived: " + cluster,
                faults);
    }

    /** The pod templates that have these labels. */
    private List<Map<String, Object>> pods(Map<String, Object> labels) {
        return all("Deployment")
                .filter(it -> map(at(it, "spec", "template", "metadata", "labels"))
                        .entrySet()
                        .containsAll(labels.entrySet()))
                .map(it -> map(at(it, "spec", "template", "spec")))
                .toList();
    }

    private Stream<Map<String, Object>> all(String kind) {
        return manifests.stream().filter(it -> kind.equals(it.get("kind")));
    }

    private Set<Object> names(String kind) {
        Set<Object> names = new HashSet<>();
        all(kind).forEach(it -> names.add(name(it)));
        return names;
    }

    private static String name(Map<String, Object> manifest) {
        return String.valueOf(at(manifest, "metadata", "name"));
    }

    private static void expect(boolean right, String fault, List<String> faults) {
        if (!right) {
            faults.add(fault);
        }
    }

    private static Object at(Map<String, Object> here, String... path) {
        Object value = here;
        for (String name : path) {
            value = value instanceof Map<?, ?> inner ? inner.get(name) : null;
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return value == null ? List.of() : (List<Map<String, Object>>) value;
    }
}
