package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The parts of {@code ./hub cert} that ask a running hub about its devices' certificates. */
final class FleetCertificateCommands {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FleetCertificateCommands() {}

    private static AdministrationClient client(CertCommand parent) {
        return parent.hub().client();
    }

    private static int done(AdministrationClient.Answer answer) {
        return ApiOutput.body(answer).isPresent() ? 0 : 1;
    }

    @Command(
            name = "fleet",
            description = "Shows when the certificates end that devices have shown.",
            mixinStandardHelpOptions = true)
    static final class Fleet implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CertCommand parent;

        @Option(
                names = "--days",
                paramLabel = "D",
                defaultValue = "90",
                description = "lists those that end within so many days; default: ${DEFAULT-VALUE}")
        private int days;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            return ApiOutput.print(
                    client(parent).get("/api/v1/certificates?days=" + Math.max(0, days)), json, Fleet::text);
        }

        private static String text(JsonNode fleet) {
            List<List<String>> years = new ArrayList<>();
            fleet.path("years")
                    .forEach(year -> years.add(List.of(
                            year.path("year").asText(),
                            year.path("certificates").asText())));
            List<List<String>> ending = new ArrayList<>();
            fleet.path("ending")
                    .forEach(one -> ending.add(List.of(
                            one.path("mac").asText(),
                            one.path("model").asText(),
                            one.path("notAfter").asText())));
            return TextTable.of(List.of("ends in", "certificates"), years)
                    + (ending.isEmpty()
                            ? ""
                            : System.lineSeparator() + TextTable.of(List.of("device", "model", "ends"), ending));
        }
    }

    @Command(
            name = "release",
            description =
                    "Lets a device come with another certificate than the one it is bound to, e.g. after a repair.",
            mixinStandardHelpOptions = true)
    static final class Release implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CertCommand parent;

        @Parameters(paramLabel = "MAC")
        private String mac = "";

        @Override
        public Integer call() {
            return done(client(parent).delete("/api/v1/devices/" + parent.address(mac) + "/certificate"));
        }
    }

    @Command(
            name = "revoke",
            description = {
                "Believes a device or a certificate no more, at once.",
                "A revoked device that asks at its directory is told to give back what it holds."
            },
            mixinStandardHelpOptions = true)
    static final class Revoke implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CertCommand parent;

        @Option(names = "--mac", paramLabel = "MAC", description = "a device")
        private @Nullable String mac;

        @Option(names = "--number", paramLabel = "HEX", description = "a certificate, by its own number")
        private @Nullable String number;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "for the log")
        private String reason = "";

        @Override
        public Integer call() {
            if ((mac == null) == (number == null)) {
                throw parent.wrong("either --mac or --number is needed");
            }
            ObjectNode wanted = JSON.createObjectNode().put("reason", reason);
            if (mac != null) {
                wanted.put("mac", parent.address(mac).hex());
            } else {
                wanted.put("certificate", number);
            }
            return done(client(parent)
                    .post(
                            "/api/v1/revocations",
                            "application/json",
                            wanted.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Command(name = "revoked", description = "Lists what is believed no more.", mixinStandardHelpOptions = true)
    static final class Revoked implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CertCommand parent;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            return ApiOutput.print(client(parent).get("/api/v1/revocations"), json, Revoked::text);
        }

        private static String text(JsonNode all) {
            List<List<String>> rows = new ArrayList<>();
            all.path("revocations")
                    .forEach(one -> rows.add(List.of(
                            one.path("kind").asText(),
                            one.path("what").asText(),
                            one.path("since").asText(),
                            one.path("reason").asText())));
            return TextTable.of(List.of("kind", "what", "since", "reason"), rows);
        }
    }

    @Command(name = "reinstate", description = "Takes a revocation back.", mixinStandardHelpOptions = true)
    static final class Reinstate implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CertCommand parent;

        @Option(names = "--mac", paramLabel = "MAC", description = "a device")
        private @Nullable String mac;

        @Option(names = "--number", paramLabel = "HEX", description = "a certificate, by its own number")
        private @Nullable String number;

        @Override
        public Integer call() {
            if (mac != null && number == null) {
                return done(client(parent).delete("/api/v1/revocations/mac/" + parent.address(mac)));
            } else if (number != null && mac == null && number.matches("[0-9A-Fa-f]{1,64}")) {
                return done(client(parent).delete("/api/v1/revocations/certificate/" + number));
            }
            throw parent.wrong("either --mac or --number (hex) is needed");
        }
    }
}
