package dev.frontdesk.knowledge;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The full-text configuration of PostgreSQL for the language of a client's region. */
public final class Language {

    private static final Map<String, List<String>> REGIONS = Map.of(
            "english", List.of("US", "GB", "IE", "CA", "AU", "NZ"),
            "german", List.of("DE", "AT", "CH"),
            "french", List.of("FR", "BE"),
            "spanish", List.of("ES", "MX", "AR", "CO", "CL"),
            "italian", List.of("IT"),
            "dutch", List.of("NL"),
            "portuguese", List.of("PT", "BR"),
            "swedish", List.of("SE"),
            "danish", List.of("DK"),
            "finnish", List.of("FI"));

    private static final Map<String, String> BY_REGION = REGIONS.entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(region -> Map.entry(region, entry.getKey())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private Language() {}

    /** {@code simple}, which knows no grammar, where the region's language is not known. */
    public static String of(String region) {
        return BY_REGION.getOrDefault(region, "simple");
    }
}
