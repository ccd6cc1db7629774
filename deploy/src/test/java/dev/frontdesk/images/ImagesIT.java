package dev.frontdesk.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image as it is written, here upon nothing: what its base adds is the base's. */
class ImagesIT {

    private static final int BLOCK = 512;

    @TempDir
    Path folder;

    @Test
    void anImageRunsAsNobodySpecialAndIsTheSameEveryTime() throws Exception {
        Path application = Path.of("").toAbsolutePath().getParent().resolve("customer-service/target/quarkus-app");
        ImageReference name = ImageReference.of(null, "frontdesk/customer-service", "1.0.0");
        Map<String, byte[]> image =
                files(Images.write(Jib.fromScratch(), application, name, folder.resolve("one.tar")));
        JsonNode manifest =
                new ObjectMapper().readTree(image.get("manifest.json")).get(0);
        JsonNode config = new ObjectMapper()
                .readTree(image.get(manifest.path("Config").asText()))
                .path("config");
        assertThat(manifest.path("RepoTags").path(0).asText()).isEqualTo("frontdesk/customer-service:1.0.0");
        assertThat(manifest.path("Layers")).hasSize(2);
        assertThat(config.path("User").asText()).isEqualTo("10001:10001");
        assertThat(config.path("Entrypoint").toString()).contains("\"/app/quarkus-run.jar\"");
        assertThat(config.path("ExposedPorts").has("8080/tcp")).isTrue();
        assertThat(config.path("Volumes").isEmpty()).isTrue();

        Path again = Images.write(Jib.fromScratch(), application, name, folder.resolve("two.tar"));
        assertThat(files(again).keySet()).isEqualTo(image.keySet());
    }

    /** The files of a tar; layers, which are large, by name only. */
    private static Map<String, byte[]> files(Path tar) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        byte[] bytes = Files.readAllBytes(tar);
        for (int at = 0; at < bytes.length && bytes[at] != 0; ) {
            String name = new String(bytes, at, 100, StandardCharsets.US_ASCII).split("\0")[0];
            int size = Integer.parseInt(new String(bytes, at + 124, 11, StandardCharsets.US_ASCII).trim(), 8);
            byte[] content = new byte[name.endsWith(".tar.gz") ? 0 : size];
            System.arraycopy(bytes, at + BLOCK, content, 0, content.length);
            files.put(name, content);
            at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        return files;
    }
}
