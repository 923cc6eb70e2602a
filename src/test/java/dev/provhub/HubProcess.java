package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The hub as an operator has it: a process of its own, which can be told to stop and can be killed. */
final class HubProcess implements AutoCloseable {
    private final Process process;
    private final Path output;

    private HubProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static HubProcess start(Path folder, Map<String, String> settings, String... arguments) throws IOException {
        Path output = Files.createTempFile(folder, "hub", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // It lives for seconds: what the second compiler and a concurrent collector cost never comes back.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dhub.home=" + Path.of("").toAbsolutePath(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.provhub.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        settings.forEach((key, value) -> builder.environment().put(CommandRun.variable(key), value));
        return new HubProcess(builder.start(), output);
    }

    /** Waits until the process has printed this. */
    HubProcess awaitOutput(String text, Duration limit) throws IOException {
        Awaitility.await()
                .atMost(limit)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive() || output().contains(text));
        assertThat(output()).contains(text);
        return this;
    }

    HubProcess awaitReady() throws IOException {
        return awaitOutput("The hub is ready.", Duration.ofSeconds(180));
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** SIGKILL: nothing is finished, nothing is written any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** SIGTERM, and the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("stops within 30 s")
                .isTrue();
        return process.exitValue();
    }

    /** Waits for its own end, and gives the exit code. */
    int awaitEnd(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS))
                .as("ends within " + limit)
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
