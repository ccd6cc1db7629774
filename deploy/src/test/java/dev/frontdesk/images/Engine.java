package dev.frontdesk.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A Docker engine, by its command line: what is typed here, a person can type. */
final class Engine {

    private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");

    private Engine() {}

    /** Why no container can be run that reaches this machine's loopback; empty where one can. */
    static String absence() throws IOException, InterruptedException {
        String said;
        try {
            Process docker = started(List.of("info", "--format", "{{.ServerVersion}} {{.Name}} {{.SecurityOptions}}"));
            said = new String(docker.getInputStream().readAllBytes());
            if (docker.waitFor() != 0) {
                return "no Docker engine answers";
            }
        } catch (IOException notInstalled) {
            return "there is no docker command";
        }
        boolean here = Files.exists(HOSTNAME)
                && said.split(" ")[1].equals(Files.readString(HOSTNAME).trim());
        return here && !said.contains("rootless") ? "" : "the Docker engine has another loopback than this machine";
    }

    /** Runs a command and gives what it prints. */
    static String docker(String... arguments) throws IOException, InterruptedException {
        return docker(Stream.of(arguments).toList());
    }

    static String docker(List<String> arguments) throws IOException, InterruptedException {
        Process docker = started(arguments);
        String said = new String(docker.getInputStream().readAllBytes());
        assertThat(docker.waitFor()).as("docker %s: %s", arguments, said).isZero();
        return said.trim();
    }

    private static Process started(List<String> arguments) throws IOException {
        return new ProcessBuilder(
                        Stream.concat(Stream.of("docker"), arguments.stream()).toList())
                .redirectErrorStream(true)
                .start();
    }
}
