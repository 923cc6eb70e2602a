package dev.provhub.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the lists of commands say of each. */
class HelpTest {
    private static final HubLauncher NO_HUB = (HubLauncher) Proxy.newProxyInstance(
            HelpTest.class.getClassLoader(), new Class<?>[] {HubLauncher.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    @Test
    void firstLine_ofEachCommand_isASentence() {
        List<String> cut = new ArrayList<>();
        collect(
                new CommandLine(new HubCommand(NO_HUB, Path.of(""), Map.of(), Clock.systemUTC())).getCommandSpec(),
                cut);

        assertThat(cut).isEmpty();
    }

    private static void collect(CommandSpec command, List<String> cut) {
        String[] lines = command.usageMessage().description();
        if (lines.length > 0 && !lines[0].endsWith(".")) {
            cut.add(command.qualifiedName() + ": " + lines[0]);
        }
        command.subcommands().values().forEach(sub -> collect(sub.getCommandSpec(), cut));
    }
}
