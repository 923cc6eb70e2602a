package dev.provhub.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is refused before a hub is asked. */
class RolloutCreateCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1.2 a=1.3 | --version names family a twice, with 1.2 and 1.3; allowed: one version for each family",
                "a=1.2 a=1.2 | --version names family a twice, with 1.2 and 1.2; allowed: one version for each family",
                "a=1.2 b     | --version 'b' is not allowed; allowed: FAMILY=VERSION",
                "=1.2        | --version '=1.2' is not allowed; allowed: FAMILY=VERSION",
                "a=          | --version 'a=' is not allowed; allowed: FAMILY=VERSION"
            })
    void version_thatCannotBeMeant_isRefused(String versions, String why) {
        StringWriter err = new StringWriter();
        List<String> words = new ArrayList<>(List.of("rollout", "create", "--filter", "all"));
        for (String version : versions.split(" ")) {
            words.addAll(List.of("--version", version));
        }

        int code = HelpTest.line().setErr(new PrintWriter(err)).execute(words.toArray(String[]::new));

        assertThat(err.toString()).startsWith(why + System.lineSeparator());
        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    }
}
