package dev.provhub.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the lists of commands say of each. */
class HelpTest {
    private static final HubLauncher NO_HUB = (HubLauncher) Proxy.newProxyInstance(
            HelpTest.class.getClassLoader(), new Class<?>[] {HubLauncher.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    static CommandLine line() {
        return new CommandLine(new HubCommand(NO_HUB, Path.of(""), Map.of(), Clock.systemUTC()));
    }

    @Test
    void firstLine_ofEachCommand_isASentence() {
        List<String> cut = new ArrayList<>();
        collect(line().getCommandSpec(), cut);

        assertThat(cut).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> help_ofEachCommand_isItsUsageOnStandardOutput() {
        List<String> names = new ArrayList<>();
        names(line().getCommandSpec(), names);
        assertThat(names).contains("hub", "hub rollout create", "hub firmware add");

        return names.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    StringWriter out = new StringWriter();
                    StringWriter err = new StringWriter();
                    String[] words =
                            (name + " --help").substring("hub ".length()).split(" ");

                    int code = line().setOut(new PrintWriter(out))
                            .setErr(new PrintWriter(err))
                            .execute(words);

                    assertThat(err.toString()).isEmpty();
                    assertThat(out.toString()).startsWith("Usage: " + name).contains("--help");
                    assertThat(code).isZero();
                }));
    }

    private static void names(CommandSpec command, List<String> names) {
        names.add(command.qualifiedName());
        command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .distinct()
                .forEach(sub -> names(sub, names));
    }

    private static void collect(CommandSpec command, List<String> cut) {
        String[] lines = command.usageMessage().description();
        if (lines.length > 0 && !lines[0].endsWith(".")) {
            cut.add(command.qualifiedName() + ": " + lines[0]);
        }
        command.subcommands().values().forEach(sub -> collect(sub.getCommandSpec(), cut));
    }
}
