package dev.provhub.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.provhub.config.HubConfig;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.device.MacAddress;
import dev.provhub.emulator.DhcpOptions;
import dev.provhub.emulator.PhoneClock;
import dev.provhub.emulator.PhoneEvent;
import dev.provhub.emulator.PhoneIdentity;
import dev.provhub.emulator.PhoneModel;
import dev.provhub.emulator.PhoneState;
import dev.provhub.emulator.PhoneStory;
import dev.provhub.emulator.VirtualPhone;
import dev.provhub.emulator.profile.OpeningProgram;
import dev.provhub.emulator.transport.LineQuality;
import dev.provhub.emulator.transport.PhoneNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub phone}: one virtual phone. */
@Command(
        name = "phone",
        description = {
            "Boots a virtual phone and tells what it does. Works with any provisioning server.",
            "While it runs, its keys can be typed: " + PhoneConsole.HELP + "."
        },
        mixinStandardHelpOptions = true)
final class PhoneCommand implements Callable<Integer> {
    private static final int NOT_REACHED = 1;
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final double FASTEST = 1_000_000;
    private static final int LARGEST_DHCP_OPTION = 254;
    private static final int TFTP_SERVER_NAME = 66;
    /** Also a path of the router block. */
    private static final Pattern ELEMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_.+/-]*");

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "M", description = "any of the model's names; see --models")
    private @Nullable String model;

    @Option(names = "--models", description = "lists the models that can be played, and ends")
    private boolean models;

    @Option(names = "--mac", paramLabel = "X", description = "in any notation")
    private @Nullable String mac;

    @Option(names = "--serial", paramLabel = "S", description = "serial number; default: made of the MAC address")
    private @Nullable String serial;

    @Option(
            names = "--firmware",
            paramLabel = "V",
            description =
                    "version that runs first; default: an old one, or that of --state, which also goes before this")
    private @Nullable String firmware;

    @Option(
            names = "--server",
            paramLabel = "HOST|URL",
            description = "what DHCP option 66 says; default: the hub of this folder, unless --dhcp is given")
    private @Nullable String server;

    @Option(
            names = "--dhcp",
            paramLabel = "OPTION=TEXT",
            description = "what another DHCP option says, e.g. 160=http://prov.example.net/; may be repeated")
    private Map<Integer, String> dhcp = new LinkedHashMap<>();

    @Option(
            names = "--certificate",
            paramLabel = "DIR",
            description = "device.crt, device.key and ca.crt as ./hub cert device writes them;"
                    + " default: made by this folder's development CA, if there is one")
    private @Nullable Path certificate;

    @Option(names = "--no-certificate", description = "a phone without a certificate of its own")
    private boolean noCertificate;

    @Option(names = "--ca", paramLabel = "FILE", description = "PEM file of CAs that the phone trusts")
    private @Nullable Path ca;

    @Option(
            names = "--targeted-with",
            paramLabel = "PROGRAM",
            description =
                    "opens compiled (SPC) profiles: called with the MAC address, file on its input, key in PHONE_KEY;"
                            + " prints the open profile")
    private @Nullable Path targetedWith;

    @Option(
            names = "--customized-by",
            paramLabel = "URL",
            description = "makes it a remotely customized unit that asks here first; macros such as $$MA are expanded")
    private @Nullable String customizedBy;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "presets a parameter; may be repeated")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--call", description = "a line is in a call from the start")
    private boolean call;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "keeps what the phone holds; goes on from there when the file exists. It holds secrets")
    private @Nullable Path state;

    @Option(names = "--show", description = "prints what --state holds, and ends")
    private boolean show;

    @Option(names = "--web", paramLabel = "PORT", description = "serves the phone's pages on 127.0.0.1; 0 for any port")
    private @Nullable Integer web;

    @Option(
            names = "--sip",
            paramLabel = "PORT",
            description = "takes NOTIFY on 127.0.0.1 over UDP and TCP; 0 for any port")
    private @Nullable Integer sip;

    @Option(
            names = "--time-scale",
            paramLabel = "N",
            defaultValue = "1",
            description = "phone seconds in a second; default: ${DEFAULT-VALUE}")
    private double timeScale;

    @Option(
            names = "--clock",
            paramLabel = "INSTANT",
            description = "the date that the phone believes in until it has a time server, e.g. 1970-01-01T00:00:00Z;"
                    + " default: it knows the date")
    private @Nullable Instant firstDate;

    @Option(names = "--loss", paramLabel = "PERCENT", defaultValue = "0", description = "packets lost each way")
    private double loss;

    @Option(names = "--delay", paramLabel = "MS", defaultValue = "0", description = "delay of each packet each way")
    private long delay;

    @Option(
            names = "--nat",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "after so much silence the house's router forgets a connection; 0 for never")
    private long nat;

    @Option(names = "--explain", description = "tells why: rules, conditions, requests, waiting")
    private boolean explain;

    @Option(names = "--json", description = "tells everything as JSON, one object on each line")
    private boolean json;

    @Option(names = "--until", paramLabel = "GOAL", description = "ends when it is reached: " + PhoneGoal.FORMS)
    private @Nullable String until;

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            description = "ends after so many seconds; exit code 1 when --until was not reached by then")
    private @Nullable Long seconds;

    private final ObjectMapper mapper = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(Duration.class, ToStringSerializer.instance))
            .build();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (models) {
            Arrays.stream(PhoneModel.values()).map(PhoneModel::productNumber).forEach(System.out::println);
            return 0;
        }
        PhoneState left = state != null && Files.exists(state) ? readState(state) : null;
        if (show) {
            return printState(left);
        }
        PhoneIdentity identity = identity(left);
        Predicate<VirtualPhone> goal = goal();
        check();
        // Making a key takes long enough to be seen on the phone's clock
        PhoneCertificate certificates = certificates(identity);
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        try (PhoneNetwork network = PhoneNetwork.open(1)) {
            PhoneClock clock = PhoneClock.scaled(timers, hub.clock(), timeScale);
            VirtualPhone.Builder builder = VirtualPhone.builder(identity, clock, network)
                    .dhcp(new DhcpOptions(options()))
                    .line(line())
                    .listener((phone, event) -> tell(phone, clock, event));
            equip(builder, certificates, left);
            try (VirtualPhone phone = builder.build()) {
                return run(phone, goal) ? 0 : NOT_REACHED;
            }
        } finally {
            timers.shutdownNow();
        }
    }

    /** Refuses what contradicts itself or cannot be. */
    private void check() {
        if (!(timeScale > 0 && timeScale <= FASTEST)) {
            throw wrong("--time-scale " + timeScale + " is not above 0 and at most " + (long) FASTEST);
        }
        if (seconds != null && seconds < 0) {
            throw wrong("--for " + seconds + " is negative");
        }
        if (certificate != null && noCertificate) {
            throw wrong("--certificate and --no-certificate contradict each other");
        }
        if (server != null && dhcp.containsKey(TFTP_SERVER_NAME)) {
            throw wrong("--server and --dhcp 66 contradict each other");
        }
        dhcp.keySet().stream()
                .filter(number -> number < 1 || number > LARGEST_DHCP_OPTION)
                .findFirst()
                .ifPresent(number -> {
                    throw wrong("--dhcp " + number + " is not an option: 1 to " + LARGEST_DHCP_OPTION);
                });
        set.keySet().stream()
                .filter(name -> !ELEMENT.matcher(name).matches())
                .findFirst()
                .ifPresent(name -> {
                    throw wrong("--set '" + name + "' is not the name of an element: Proxy_1_, not Proxy[1]");
                });
        Path folder = state == null ? null : state.toAbsolutePath().getParent();
        if (folder != null && !Files.isWritable(folder)) {
            throw wrong("--state " + state + " cannot be written: no folder to write in");
        }
    }

    private boolean run(VirtualPhone phone, Predicate<VirtualPhone> goal) throws IOException, InterruptedException {
        set.forEach((name, value) -> {
            if (!phone.set(name, value)) {
                throw wrong("--set " + name + ": this model has no such parameter");
            }
        });
        open(phone);
        if (call) {
            phone.call(true);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> save(phone)));
        phone.start();
        new PhoneConsole(phone).follow(System.in, phone::close);
        Duration patience = seconds == null ? FOR_EVER : Duration.ofSeconds(seconds);
        boolean reached = phone.awaitUntil(goal, patience);
        save(phone);
        return reached || until == null;
    }

    private void open(VirtualPhone phone) throws IOException {
        if (web != null) {
            InetSocketAddress pages =
                    phone.openPages(new InetSocketAddress(InetAddress.getLoopbackAddress(), port("--web", web)));
            say("pages: http://127.0.0.1:" + pages.getPort() + "/admin/advanced");
        }
        if (sip != null) {
            InetSocketAddress ear =
                    phone.openEar(new InetSocketAddress(InetAddress.getLoopbackAddress(), port("--sip", sip)));
            say("NOTIFY: sip:127.0.0.1:" + ear.getPort() + ", UDP and TCP");
        }
    }

    private int port(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw wrong(option + " " + port + " is not a port: 0 to 65535");
        }
        return port;
    }

    private PhoneCertificate certificates(PhoneIdentity identity) throws IOException {
        PhoneCertificate own = noCertificate
                ? PhoneCertificate.none()
                : certificate != null
                        ? PhoneCertificate.of(certificate)
                        : PhoneCertificate.ofThisHub(hub.read().folders().data(), identity, hub.clock());
        return ca == null ? own : own.trusting(ca);
    }

    private void equip(VirtualPhone.Builder builder, PhoneCertificate own, @Nullable PhoneState left) {
        if (own.own() != null) {
            builder.certificate(own.own());
        }
        builder.trusting(own.trusted());
        if (targetedWith != null) {
            if (!Files.isRegularFile(targetedWith) || !Files.isExecutable(targetedWith)) {
                throw wrong("--targeted-with " + targetedWith + " is not a program that can be run");
            }
            builder.targetedWith(new OpeningProgram(targetedWith.toString()));
        }
        if (firstDate != null) {
            builder.believing(firstDate);
        }
        if (customizedBy != null) {
            builder.customizedBy(customizedBy);
        }
        if (left != null) {
            builder.state(left);
        }
    }

    private PhoneIdentity identity(@Nullable PhoneState left) {
        String name = model != null ? model : left == null ? null : left.model();
        String address = mac != null ? mac : left == null ? null : left.mac();
        if (name == null || address == null) {
            throw wrong("--model and --mac are needed, unless --state names a file that exists");
        }
        PhoneModel known = PhoneModel.named(name)
                .orElseThrow(() -> wrong("--model '" + name + "' is none of: "
                        + Arrays.stream(PhoneModel.values())
                                .map(PhoneModel::productNumber)
                                .collect(Collectors.joining(", "))));
        String hex = MacAddress.find(address)
                .orElseThrow(() -> wrong("--mac '" + address + "' is not a MAC address: twelve hex digits"))
                .hex();
        if (left != null && !(left.mac().equals(hex) && left.model().equals(known.productNumber()))) {
            throw wrong("--state " + state + " is of " + left.model() + " " + left.mac() + ", not of "
                    + known.productNumber() + " " + hex);
        }
        try {
            return new PhoneIdentity(
                    known,
                    hex,
                    serial != null
                            ? serial
                            : left != null
                                    ? left.serial()
                                    : "VP" + hex.substring(2).toUpperCase(Locale.ROOT),
                    firmware != null ? firmware : left != null ? left.softwareVersion() : known.firstVersion());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private Map<Integer, String> options() {
        Map<Integer, String> options = new HashMap<>(dhcp);
        if (server != null) {
            options.put(TFTP_SERVER_NAME, server);
        } else if (dhcp.isEmpty()) {
            options.put(TFTP_SERVER_NAME, serverOf(hub.read()));
        }
        return options;
    }

    /** Where a phone of this machine finds this folder's hub. */
    static String serverOf(HubConfig config) {
        String told = config.publicUrls().http();
        return told.isEmpty() ? "http://localhost:" + config.listeners().http().port() : told;
    }

    private LineQuality line() {
        try {
            return new LineQuality(loss / 100, Duration.ofMillis(delay), Duration.ofSeconds(nat));
        } catch (IllegalArgumentException e) {
            throw wrong("--loss, --delay, --nat: " + e.getMessage());
        }
    }

    private Predicate<VirtualPhone> goal() {
        String text = until;
        if (text == null) {
            return phone -> false;
        }
        return PhoneGoal.parse(text).orElseThrow(() -> wrong("--until '" + text + "' is none of " + PhoneGoal.FORMS));
    }

    // Telling

    private void tell(VirtualPhone phone, PhoneClock clock, PhoneEvent event) {
        if (json) {
            System.out.println(asJson(clock, event));
        } else {
            String time = "%4d:%02d "
                    .formatted(clock.elapsed().toMinutes(), clock.elapsed().toSecondsPart());
            new PhoneStory(explain).tell(event).forEach(line -> System.out.println(time + line));
        }
        if (!(event instanceof PhoneEvent.Waiting)) {
            save(phone);
        }
    }

    private String asJson(PhoneClock clock, PhoneEvent event) {
        ObjectNode node = mapper.createObjectNode();
        node.put("seconds", clock.elapsed().toMillis() / 1000.0);
        node.put("event", event.getClass().getSimpleName());
        node.setAll((ObjectNode) mapper.valueToTree(event));
        return node.toString();
    }

    private void say(String line) {
        if (!json) {
            System.out.println(line);
        }
    }

    private static PhoneState readState(Path file) {
        try {
            return PhoneState.read(file);
        } catch (IOException e) {
            throw new IllegalConfigurationException("--state " + file + " is no state of a phone: "
                    + String.valueOf(e.getMessage()).split("\n", 2)[0]);
        }
    }

    private synchronized void save(VirtualPhone phone) {
        if (state == null) {
            return;
        }
        try {
            phone.state().write(state);
        } catch (IOException e) {
            throw new UncheckedIOException("--state " + state + " cannot be written", e);
        }
    }

    private int printState(@Nullable PhoneState left) throws JsonProcessingException {
        if (left == null) {
            throw wrong("--show needs --state and a file that exists");
        }
        System.out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(left));
        return 0;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
