package dev.provhub.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import dev.provhub.emulator.VirtualPhone;
import dev.provhub.emulator.swarm.Member;
import dev.provhub.emulator.swarm.Swarm;
import dev.provhub.emulator.swarm.SwarmPlan;
import dev.provhub.emulator.swarm.SwarmReport;
import dev.provhub.emulator.transport.TlsIdentity;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.KeyAndChain;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub swarm}: very many virtual phones. */
@Command(
        name = "swarm",
        description = {
            "Boots very many virtual phones against a provisioning server, and tells how they fared.",
            "Exit code 1 when one did not arrive, or holds something else than it must."
        },
        mixinStandardHelpOptions = true)
final class SwarmCommand implements Callable<Integer> {
    private static final int NOT_GOOD = 1;
    private static final List<String> ORDER_COLUMNS =
            List.of("externalId", "action", "macAddress", "deviceModel", "serialNumber");

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--phones", required = true, paramLabel = "N", description = "how many")
    private int phones;

    @Option(
            names = "--mix",
            required = true,
            paramLabel = "FILE",
            description = "which phones, and what they must end with")
    private Path mix = Path.of("");

    @Option(
            names = "--server",
            paramLabel = "HOST|URL",
            description = "what DHCP option 66 says, unless the mix does; default: the hub of this folder")
    private @Nullable String server;

    @Option(
            names = "--ca",
            paramLabel = "DIR",
            description =
                    "folder of the CA that signs the phones' certificates; made when it has none. Its ca.crt is what"
                            + " the server must trust. Default: this folder's development CA. All phones share one key")
    private @Nullable Path ca;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "PEM file of CAs that the phones trust, beside that one")
    private @Nullable Path trust;

    @Option(names = "--no-certificates", description = "phones without certificates")
    private boolean noCertificates;

    @Option(
            names = "--orders",
            paramLabel = "FILE",
            description = "writes an order for each phone, to be imported before they come, and ends")
    private @Nullable Path orders;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "keeps what the phones hold; they go on from there when the file exists. It holds secrets")
    private @Nullable Path state;

    @Option(names = "--until", paramLabel = "GOAL", defaultValue = "secured", description = PhoneGoal.FORMS)
    private String until = "";

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "longest to wait; default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--time-scale",
            paramLabel = "N",
            defaultValue = "1",
            description = "phone seconds in a second; default: ${DEFAULT-VALUE}")
    private double timeScale;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "that carry the phones' traffic; default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--json", description = "answers as JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (phones < 1 || threads < 1 || seconds < 1 || !(timeScale > 0)) {
            throw wrong("--phones, --threads, --for and --time-scale must be above 0");
        }
        checkFolder("--orders", orders);
        checkFolder("--state", state);
        SwarmFile file = SwarmFile.read(mix, phones, server());
        if (orders != null) {
            writeOrders(file, orders);
            return 0;
        }
        Predicate<VirtualPhone> goal = PhoneGoal.parse(until)
                .orElseThrow(() -> wrong("--until '" + until + "' is none of " + PhoneGoal.FORMS));
        SwarmStates left = SwarmStates.read(state);
        if (left.count() > 0) {
            System.err.println("going on from the states of " + left.count() + " phones");
        }
        try (Swarm swarm = new Swarm(file.plan(), equipment(left), hub.clock(), timeScale, threads, goal)) {
            SwarmReport report = run(swarm);
            System.out.print(json ? asJson(report) : SwarmTable.of(report));
            if (state != null) {
                SwarmStates.write(state, swarm.states());
            }
            return report.isGood() ? 0 : NOT_GOOD;
        }
    }

    /** Before the phones come, not when they have gone. */
    private void checkFolder(String option, @Nullable Path file) {
        if (file != null && !Files.isWritable(file.toAbsolutePath().getParent())) {
            throw wrong(option + " " + file + " cannot be written: no folder to write in");
        }
    }

    private SwarmReport run(Swarm swarm) throws InterruptedException {
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("arrived")
                .setInitialMax(phones)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(1000)
                .build()) {
            swarm.run(Duration.ofSeconds(seconds), (begun, arrived, requests, errors) -> {
                bar.stepTo(arrived);
                bar.setExtraMessage(" on " + begun + ", requests " + requests + ", errors " + errors);
            });
        }
        return swarm.report();
    }

    private String server() {
        if (server != null) {
            return server;
        }
        return PhoneCommand.serverOf(hub.read());
    }

    private Swarm.Equipment equipment(SwarmStates left) throws IOException {
        List<X509Certificate> trusted = new ArrayList<>();
        Function<Member, TlsIdentity> certificates = null;
        Path folder = ca != null ? ca : hub.read().folders().data().resolve("certs");
        if (ca != null || Files.exists(folder.resolve("ca.crt"))) {
            HubCertificates authority = HubCertificates.open(folder, hub.clock(), new SecureRandom());
            trusted.add(authority.authority());
            certificates = noCertificates ? null : issuing(authority);
        }
        if (trust != null) {
            trusted.addAll(PhoneCertificate.certificates("--trust", trust));
        }
        return new Swarm.Equipment(certificates, trusted, left::of);
    }

    private static Function<Member, TlsIdentity> issuing(HubCertificates authority) {
        KeyPair shared = HubCertificates.newDeviceKey();
        return member -> {
            KeyAndChain device = authority.issueDevice(
                    MacAddress.parse(member.mac()),
                    member.serial(),
                    member.kind().model().productNumber(),
                    shared);
            return new TlsIdentity(device.key(), device.chain());
        };
    }

    private static void writeOrders(SwarmFile file, Path out) throws IOException {
        List<String> columns = new ArrayList<>(ORDER_COLUMNS);
        columns.addAll(file.order().keySet());
        SwarmPlan plan = file.plan();
        try (Writer writer = Files.newBufferedWriter(out);
                CSVPrinter csv = new CSVPrinter(writer, CSVFormat.RFC4180)) {
            csv.printRecord(columns);
            for (int number = 0; number < plan.phones(); number++) {
                Member member = plan.member(number);
                List<String> cells = new ArrayList<>(List.of(
                        "swarm-" + member.mac(),
                        "add",
                        member.mac(),
                        member.kind().model().productNumber(),
                        member.serial()));
                file.order().values().forEach(text -> cells.add(member.fill(text)));
                csv.printRecord(cells);
            }
        }
    }

    private static String asJson(SwarmReport report) throws IOException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + System.lineSeparator();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
