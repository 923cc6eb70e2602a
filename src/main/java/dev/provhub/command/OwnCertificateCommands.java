package dev.provhub.command;

import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.PkiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The parts of {@code ./hub cert} that look after the certificates of the hub's own listeners. */
final class OwnCertificateCommands {
    private OwnCertificateCommands() {}

    private static HubCertificates certificates(CertCommand parent) throws IOException {
        return DeviceCertificates.open(
                parent.hub().read().folders().data(), parent.hub().clock());
    }

    /** @param further host name beside the usual one; null for the usual one */
    private static String fileOf(CertCommand parent, String listener, @Nullable String further) {
        String file =
                switch (listener) {
                    case "https" -> "server";
                    case "https-legacy" -> "server-legacy";
                    default -> throw parent.wrong("--listener '" + listener + "' is none of: https, https-legacy");
                };
        return further == null ? file : file + "/" + hostName(parent, "--name", further);
    }

    private static String hostName(CertCommand parent, String option, String text) {
        if (!text.matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+")) {
            throw parent.wrong(
                    option + " '" + text + "' is not a full host name; wildcards are not taken by SPA phones");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    @Command(
            name = "list",
            description = "Lists the certificates of the hub's listeners, who has signed them and when they end.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CertCommand parent;

        @Override
        public Integer call() throws IOException {
            List<List<String>> rows = new ArrayList<>();
            for (HubCertificates.Own own : certificates(parent).own()) {
                long days = Duration.between(parent.hub().clock().instant(), own.notAfter())
                        .toDays();
                rows.add(List.of(
                        own.name(),
                        own.subject(),
                        own.issuer(),
                        own.notAfter().toString(),
                        days < 0 ? "over" : days + " days"));
            }
            System.out.print(TextTable.of(List.of("file", "subject", "signed by", "ends", "left"), rows));
            return 0;
        }
    }

    @Command(
            name = "csr",
            description = {
                "Makes a key and prints a request for the vendor's CA to sign, e.g. Cisco's for SPA phones.",
                "What the CA sends back is taken in with './hub cert import'."
            },
            mixinStandardHelpOptions = true)
    static final class Request implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CertCommand parent;

        @Option(
                names = "--listener",
                paramLabel = "L",
                defaultValue = "https-legacy",
                description = "https or https-legacy; default: ${DEFAULT-VALUE}")
        private String listener = "";

        @Option(
                names = "--host",
                paramLabel = "NAME",
                description = "host name that phones are told; becomes CN and subject alternative name")
        private @Nullable String host;

        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = {
                    "instead of --host: a further host name of the listener, beside the usual one;",
                    "only who names it in the greeting of TLS (SNI) is shown its certificate"
                })
        private @Nullable String further;

        @Option(names = "--organization", paramLabel = "O", description = "your name, for the CA")
        private @Nullable String organization;

        @Override
        public Integer call() throws IOException {
            if ((host == null) == (further == null)) {
                throw parent.wrong("either --host or --name is needed");
            }
            String name = fileOf(parent, listener, further);
            String asked = host == null
                    ? hostName(parent, "--name", String.valueOf(further))
                    : hostName(parent, "--host", host);
            System.out.print(certificates(parent).request(name, asked, organization));
            System.err.println(
                    "The key lies in data/certs/" + name + ".pending.key and leaves this machine with nobody.");
            return 0;
        }
    }

    @Command(
            name = "import",
            description = "Takes in what a CA has signed; a running hub shows it from the next handshake on.",
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CertCommand parent;

        @Parameters(paramLabel = "FILE", description = "PEM: the certificate, then the CAs above it")
        private Path file = Path.of("");

        @Option(
                names = "--listener",
                paramLabel = "L",
                defaultValue = "https-legacy",
                description = "https or https-legacy; default: ${DEFAULT-VALUE}")
        private String listener = "";

        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = "the further host name that it was requested for with 'csr --name'")
        private @Nullable String further;

        @Override
        public Integer call() throws IOException {
            if (!Files.isReadable(file)) {
                throw parent.wrong(file + " cannot be read");
            }
            try {
                System.out.println(certificates(parent).accept(fileOf(parent, listener, further), file));
                return 0;
            } catch (PkiException e) {
                System.err.println("hub: " + e.getMessage());
                return 1;
            }
        }
    }
}
