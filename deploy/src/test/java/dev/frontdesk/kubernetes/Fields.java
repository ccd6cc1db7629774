package dev.frontdesk.kubernetes;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which fields a kind has and of which type: the built-in ones by their Java models, the operators' by our own list. */
final class Fields {

    private static final Map<String, Class<?>> BUILT_IN = Map.ofEntries(
            Map.entry("v1 Namespace", Namespace.class),
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Service", io.fabric8.kubernetes.api.model.Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("batch/v1 Job", Job.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("gateway.networking.k8s.io/v1 Gateway", Gateway.class),
            Map.entry("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class),
            Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class));

    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                /** The models keep what they don't know; here it is a mistake. */
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    private static final Map<String, Map<String, String>> CUSTOM = custom();

    private Fields() {}

    /** What is wrong with a manifest by itself. */
    static List<String> faults(Map<String, Object> manifest) {
        String kind = manifest.get("apiVersion") + " " + manifest.get("kind");
        List<String> faults = new ArrayList<>();
        if (BUILT_IN.containsKey(kind)) {
            try {
                STRICT.convertValue(manifest, BUILT_IN.get(kind));
            } catch (IllegalArgumentException e) {
                faults.add(kind + ": " + e.getMessage().lines().findFirst().orElse(""));
            }
        } else if (CUSTOM.containsKey(kind)) {
            Map<String, Object> content = new HashMap<>(manifest);
            content.keySet().removeAll(List.of("apiVersion", "kind", "metadata"));
            check(kind, "", content, faults);
        } else {
            faults.add("unknown kind " + kind);
        }
        return faults;
    }

    private static void check(String kind, String path, Object value, List<String> faults) {
        Map<String, String> known = CUSTOM.get(kind);
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            boolean free = known.containsKey(path + ".*");
            map.forEach((name, inner) -> {
                if (free) {
                    expect(kind, path + "." + name, known.get(path + ".*"), inner, faults);
                } else {
                    check(kind, path.isEmpty() ? name.toString() : path + "." + name, inner, faults);
                }
            });
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> check(kind, path + "[]", inner, faults));
        } else {
            expect(kind, path, known.get(path), value, faults);
        }
    }

    private static void expect(String kind, String path, String type, Object value, List<String> faults) {
        boolean right = type != null
                && switch (type) {
                    case "text" -> value instanceof String;
                    case "number" -> value instanceof Number;
                    case "flag" -> value instanceof Boolean;
                    case "none" -> value instanceof Map<?, ?> map && map.isEmpty();
                    default -> true;
                };
        if (!right) {
            faults.add(
                    "%s: %s %s".formatted(kind, path, type == null ? "is no field" : "is no " + type + ": " + value));
        }
    }

    private static Map<String, Map<String, String>> custom() {
        Map<String, Map<String, String>> kinds = new HashMap<>();
        try (InputStream file = Fields.class.getResourceAsStream("/kubernetes/custom-fields.txt")) {
            String kind = null;
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("spec")) {
                    kinds.get(kind).put(line.split(" ")[0], line.split(" ")[1]);
                } else if (!line.startsWith("#")) {
                    kind = line;
                    kinds.put(kind, new HashMap<>());
                }
            }
            return kinds;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
