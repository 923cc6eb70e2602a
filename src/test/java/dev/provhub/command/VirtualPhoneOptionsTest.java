package dev.provhub.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.config.IllegalConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Options and mixes that cannot be meant so are refused in one line, before anything is switched on. */
class VirtualPhoneOptionsTest {
    @TempDir
    Path folder;

    private static final HubLauncher NO_HUB = (HubLauncher) Proxy.newProxyInstance(
            HubLauncher.class.getClassLoader(), new Class<?>[] {HubLauncher.class}, (proxy, method, arguments) -> {
                throw new IllegalStateException("no hub is needed");
            });

    private String refusal(List<String> arguments) {
        StringWriter told = new StringWriter();
        int exit = new CommandLine(new HubCommand(NO_HUB, folder, Map.of(), Clock.systemUTC()))
                .setErr(new PrintWriter(told))
                .setParameterExceptionHandler((mistake, words) -> {
                    told.append(mistake.getMessage());
                    return 2;
                })
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    if (failure instanceof IllegalConfigurationException) {
                        told.append(failure.getMessage());
                        return 2;
                    }
                    throw failure;
                })
                .execute(arguments.toArray(new String[0]));
        assertThat(exit).as(told.toString()).isEqualTo(2);
        return told.toString();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--server h --certificate nowhere --no-certificate|--certificate and --no-certificate contradict each other",
                "--server h --dhcp 66=x|--server and --dhcp 66 contradict each other",
                "--dhcp 9999=x|--dhcp 9999 is not an option: 1 to 254",
                "--server h --for -5|--for -5 is negative",
                "--server h --time-scale Infinity|--time-scale Infinity is not above 0 and at most 1000000",
                "--server h --set Proxy[1]=x|--set 'Proxy[1]' is not the name of an element: Proxy_1_, not Proxy[1]",
                "--server h --state /nowhere/x.json|--state /nowhere/x.json cannot be written: no folder to write in",
                "--server h --targeted-with /|--targeted-with / is not a program that can be run",
                "--server h --ca /nowhere.pem|--ca /nowhere.pem: no such file",
            })
    void phone_impossibleOptions_areRefused(String options, String expected) {
        List<String> all = new ArrayList<>(List.of("phone", "--model", "SPA504G", "--mac", "000e08aabbcc"));
        all.addAll(List.of(options.split(" ")));
        if (!options.contains("certificate")) {
            all.add("--no-certificate");
        }

        assertThat(refusal(all)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--orders /nowhere/o.csv|--orders /nowhere/o.csv cannot be written: no folder to write in",
                "--state /nowhere/o.gz|--state /nowhere/o.gz cannot be written: no folder to write in",
                "--trust /nowhere.pem|--trust /nowhere.pem: no such file",
            })
    void swarm_impossibleFiles_areRefusedBeforeThePhonesCome(String options, String expected) throws IOException {
        Path mix = Files.writeString(
                folder.resolve("mix.yaml"), "first-mac: 02a000000000\nphones:\n  - {model: SPA504G}\n");
        List<String> all = new ArrayList<>(
                List.of("swarm", "--phones", "1", "--mix", mix.toString(), "--server", "h", "--ca", folder.toString()));
        all.addAll(List.of(options.split(" ")));

        assertThat(refusal(all)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "fffffffffffe|model: SPA504G|x|1: 3 phones from MAC address fffffffffffe on are not 1 or more below ffffffffffff",
                "02a000000000|model: SPA504G, firmware: bo gus|x|4: softwareVersion 'bo gus' is not 1 to 63 letters,"
                        + " digits, dots, hyphens, parentheses",
                "02a000000000|model: SPA504G|${nosuch}|2: '${nosuch}' is none of ${mac}, ${serial}, ${model}, ${number},"
                        + " ${secret}",
            })
    void mix_impossibleValues_areRefusedWithTheirLine(String mac, String phone, String expect, String expected)
            throws IOException {
        Path mix = Files.writeString(
                folder.resolve("mix.yaml"),
                "first-mac: " + mac + "\nexpect: {GPP_B: \"" + expect + "\"}\nphones:\n  - {" + phone + "}\n");

        assertThatThrownBy(() -> SwarmFile.read(mix, 3, "h"))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessage(mix + ":" + expected);
    }

    @Test
    void mix_knownHoles_areTaken() throws IOException {
        Path mix = Files.writeString(
                folder.resolve("mix.yaml"),
                "first-mac: 02a000000000\nexpect: {GPP_B: \"${mac}-${number}\"}\nphones:\n  - {model: SPA504G}\n");

        assertThat(SwarmFile.read(mix, 3, "h").plan().expected()).containsEntry("GPP_B", "${mac}-${number}");
    }
}
