package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A command of {@code ./hub} that asks a running hub, run within this JVM: a process for each would spend its time on the start of a
 * JVM. What holds a hub itself is a {@link HubProcess}.
 *
 * @param exit   the code that the process would end with
 * @param output what it printed, errors among it
 */
record CommandRun(int exit, String output) {
    static CommandRun of(Map<String, String> settings, String... arguments) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        settings.forEach((key, value) -> environment.put(variable(key), value));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream all = new PrintStream(printed, true, StandardCharsets.UTF_8);
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(all);
        System.setErr(all);
        try {
            int exit = Main.run(Path.of("").toAbsolutePath(), environment, arguments);
            return new CommandRun(exit, printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** What it printed, after it ended with this code. */
    String ending(int expected) {
        assertThat(exit).as(output).isEqualTo(expected);
        return output;
    }

    /** The variable by which a process gets a setting. */
    static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }
}
