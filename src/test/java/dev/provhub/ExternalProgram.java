package dev.provhub;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Programs that others wrote. A test that needs one is passed over where it is missing. */
public final class ExternalProgram {
    private static final Map<String, String> PACKAGES = Map.of(
            "tftp",
            "tftp-hpa",
            "dnsmasq",
            "dnsmasq-base",
            "nginx",
            "nginx-light",
            "sipp",
            "sip-tester",
            "testssl",
            "testssl.sh",
            "chromedriver",
            "chromium-driver");
    private static final int TIMEOUT_SECONDS = 30;

    private ExternalProgram() {}

    /**
     * What a program has done.
     *
     * @param exit its exit code
     * @param out  bytes of its standard output
     * @param err  its standard error
     */
    public record Result(int exit, byte[] out, String err) {
        /** Standard output as text. */
        public String text() {
            return new String(out, StandardCharsets.UTF_8);
        }
    }

    /** Passes the test over when the program is not on the path. */
    public static void require(String name) {
        boolean found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        assumeTrue(found, "needs " + name + " (Debian package " + PACKAGES.getOrDefault(name, name) + ")");
    }

    /** Passes the test over when node or one of its modules is missing; gives the folder of the modules. */
    public static String requireNodeModule(String name) throws IOException, InterruptedException {
        require("node");
        require("npm");
        String modules = run(null, "npm", "root", "-g").text().strip();
        assumeTrue(Files.isDirectory(Path.of(modules, name)), "needs the node module " + name + " (npm install -g)");
        return modules;
    }

    /** Runs a program to its end, at most 30 s. */
    public static Result run(byte @Nullable [] stdin, String... command) throws IOException, InterruptedException {
        return run(TIMEOUT_SECONDS, stdin, command);
    }

    /** The same for a program that takes its time. */
    public static Result run(int timeoutSeconds, byte @Nullable [] stdin, String... command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("program", ".out");
        Path err = Files.createTempFile("program", ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try (OutputStream input = process.getOutputStream()) {
            if (stdin != null) {
                input.write(stdin);
            }
        }
        if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " did not end in " + timeoutSeconds + " s");
        }
        Result result = new Result(process.exitValue(), Files.readAllBytes(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return result;
    }
}
