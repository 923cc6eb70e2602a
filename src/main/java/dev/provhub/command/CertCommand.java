package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.config.HubConfig;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.device.MacAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub cert …}: makes certificates with the development CA. */
@Command(
        name = "cert",
        description = "Looks after certificates: the hub's own and those of devices.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CertCommand.DeviceCertificate.class,
            OwnCertificateCommands.Show.class,
            OwnCertificateCommands.Request.class,
            OwnCertificateCommands.Import.class,
            TrustCommand.class,
            FleetCertificateCommands.Fleet.class,
            FleetCertificateCommands.Release.class,
            FleetCertificateCommands.Revoke.class,
            FleetCertificateCommands.Revoked.class,
            FleetCertificateCommands.Reinstate.class
        })
final class CertCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "device, list, csr, import, trust, fleet, release, revoke, revoked or reinstate is missing");
    }

    HubCommand hub() {
        return hub;
    }

    ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** @throws ParameterException when it is none */
    MacAddress address(String text) {
        return MacAddress.find(text)
                .orElseThrow(() -> wrong("'" + text + "' is not a MAC address: twelve hex digits, alone or grouped"));
    }

    @Command(
            name = "device",
            description = {
                "Makes a device certificate as the vendor would: device.crt, device.key, and ca.crt of the server.",
                "Serial and model may be left out when the hub runs and knows the device."
            },
            mixinStandardHelpOptions = true)
    static final class DeviceCertificate implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CertCommand parent;

        @Option(names = "--mac", required = true, paramLabel = "MAC", description = "in any notation")
        private String mac = "";

        @Option(names = "--serial", paramLabel = "S", description = "serial number")
        private @Nullable String serial;

        @Option(names = "--model", paramLabel = "PN", description = "product number, as the device calls itself")
        private @Nullable String model;

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder to write into")
        private Path out = Path.of("");

        @Override
        public Integer call() throws IOException {
            HubConfig config = parent.hub.read();
            MacAddress address = MacAddress.find(mac)
                    .orElseThrow(() -> new ParameterException(
                            parent.spec.commandLine(), "--mac '" + mac + "' is not a MAC address: twelve hex digits"));
            if (serial == null || model == null) {
                JsonNode known = known(config, address);
                serial = serial != null ? serial : known.path("serial").asText("0");
                model = model != null ? model : known.path("productNumber").asText();
            }
            DeviceCertificates.write(config.folders().data(), address, serial, model, out, parent.hub.clock());
            System.out.println("device.crt, device.key and ca.crt are in " + out);
            return 0;
        }

        private JsonNode known(HubConfig config, MacAddress mac) throws IOException {
            AdministrationClient.Answer answer = parent.hub.client(config).get("/api/v1/devices/" + mac);
            if (answer.status() != 200) {
                throw new IllegalConfigurationException(
                        "device " + mac + " is not known to the hub: give --serial and --model");
            }
            return new ObjectMapper().readTree(answer.body());
        }
    }
}
