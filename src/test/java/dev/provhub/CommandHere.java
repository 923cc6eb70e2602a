package dev.provhub;

import dev.provhub.command.HubCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;

/**
 * What {@code ./hub …} has said in this JVM.
 *
 * @param code exit code
 * @param text what was printed
 */
record CommandHere(int code, String text) {
    /** @param environment variables, such as {@code HUB_ROUTES_SITE} */
    static CommandHere run(Map<String, String> environment, String... arguments) {
        OldTls.allow();
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            int code = new CommandLine(new HubCommand(
                            new Launcher(Clock.systemUTC()),
                            Path.of("").toAbsolutePath(),
                            environment,
                            Clock.systemUTC()))
                    .execute(arguments);
            return new CommandHere(code, printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }
}
