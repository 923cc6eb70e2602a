package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.ShippedConfig;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.MacAddress;
import dev.provhub.emulator.PhoneEvent;
import dev.provhub.emulator.PhoneModel;
import dev.provhub.emulator.firmware.FirmwareImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each model that takes a profile, from the factory through two firmware steps and a factory reset; all at once on one hub. */
@Execution(ExecutionMode.CONCURRENT)
class FamiliesIT {
    private static final int IMAGE_BYTES = 4000;
    private static final long FIRST_MAC = 0x000e_08f0_0000L;

    @RegisterExtension
    private static final VirtualPhones PHONES = new VirtualPhones(60);

    @TempDir
    private static Path folder;

    private static final Map<PhoneModel, PhoneUnderTest> SWITCHED_ON = new LinkedHashMap<>();
    private static HubUnderTest hub;

    /** A model that can be played, and what the hub calls it. */
    record Subject(PhoneModel phone, DeviceModel known) {
        MacAddress mac() {
            return MacAddress.parse("%012x".formatted(FIRST_MAC + phone.ordinal()));
        }

        String images() {
            return String.valueOf(known.provisionable().orElseThrow().firmwareFamily());
        }

        Steps steps() {
            return phone.container() == dev.provhub.emulator.firmware.ContainerKind.LOADS
                    ? new Steps("11-3-1MPP0001-110", "12-0-1MPP0001-245", "%s.%s.loads")
                    : phone.firstVersion().contains("MPP")
                            ? new Steps("11-1-0MPP0401-002", "11-2-2MPP0101-013", "%s.%s.img")
                            : phone.firstVersion().startsWith("7.")
                                    ? new Steps("7.5.2b", "7.6.2g", "%s-%s.bin")
                                    : new Steps("9.4.1", "9.5.2(a)", "%s-%s.bin");
        }

        @Override
        public String toString() {
            return known.name();
        }
    }

    /** Two versions, the first of which is compulsory; the file names have hyphens where the phones' text has dots. */
    record Steps(String first, String last, String fileName) {
        String file(String family, String version) {
            String named =
                    fileName.endsWith(".bin") ? version.replaceAll("[.]", "-").replaceAll("[()]", "") : version;
            return fileName.formatted(family, named);
        }
    }

    static List<Subject> subjects() {
        return List.of(PhoneModel.values()).stream()
                .map(phone -> new Subject(
                        phone,
                        ShippedConfig.MODELS
                                .withProductNumber(phone.productNumber())
                                .orElseGet(() -> ShippedConfig.model(phone.name()))))
                .toList();
    }

    @BeforeAll
    static void start() throws Exception {
        Folders.copy(Path.of("config"), folder.resolve("config"));
        Files.createDirectories(folder.resolve("firmware"));
        StringBuilder catalog = new StringBuilder("images:\n");
        Set<String> made = new TreeSet<>();
        for (Subject subject : subjects()) {
            Files.writeString(
                    folder.resolve("config/layers/model/" + subject.known().name() + ".yaml"),
                    "description: Under test\nsettings:\n  firmwareVersion: "
                            + subject.steps().last() + "\n");
            if (made.add(subject.images())) {
                catalog.append(image(subject, subject.steps().first(), ""))
                        .append(image(
                                subject,
                                subject.steps().last(),
                                ", from: " + subject.steps().first()));
            }
        }
        Files.writeString(folder.resolve("firmware/catalog.yaml"), catalog);
        hub = HubUnderTest.start(
                folder.resolve("data"),
                Map.of(
                        "hub.config",
                        folder.resolve("config").toString(),
                        "hub.firmware",
                        folder.resolve("firmware").toString()));
        assertThat(hub.post("/api/v1/imports", "text/csv", orders()).body()).doesNotContain(",failed,");
        for (Subject subject : subjects()) {
            SWITCHED_ON.put(
                    subject.phone(),
                    PHONES.aPhoneOf(hub)
                            .thatIs(subject.phone())
                            .withMac(subject.mac())
                            .switchedOn());
        }
    }

    private static String image(Subject subject, String version, String more) throws Exception {
        String name = subject.steps().file(subject.images(), version);
        Map<String, byte[]> files = FirmwareImages.files(subject.phone().container(), name, version, IMAGE_BYTES);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve("firmware").resolve(file.getKey()), file.getValue());
        }
        String parts = files.size() == 1
                ? ""
                : ", parts: ["
                        + files.keySet().stream()
                                .filter(file -> !file.equals(name))
                                .collect(Collectors.joining(", "))
                        + "]";
        return "  - {file: " + name + ", family: " + subject.images() + ", version: " + version + more + parts + "}\n";
    }

    private static String orders() {
        return subjects().stream()
                .map(subject -> String.join(
                        ",",
                        "F-" + subject.mac(),
                        "add",
                        subject.mac().toString(),
                        subject.known().name(),
                        "1",
                        "user-" + subject.mac(),
                        "pass-" + subject.mac(),
                        "sip.example.net"))
                .collect(Collectors.joining(
                        "\n",
                        "externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain\n",
                        "\n"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void everyModelThatTakesAProfile_canBePlayed() {
        Set<String> played =
                subjects().stream().map(subject -> subject.known().name()).collect(Collectors.toSet());

        assertThat(ShippedConfig.MODELS.all())
                .filteredOn(model -> model.provisioning() != null)
                .extracting(DeviceModel::name)
                .allMatch(played::contains);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void life_fromTheFactoryThroughTwoStepsAndAReset_endsWithItsOwnProfile(Subject subject) throws Exception {
        PhoneUnderTest phone = SWITCHED_ON.get(subject.phone());
        String last = subject.steps().last();

        phone.awaitParameter("User_ID_1_", "user-" + subject.mac());
        phone.awaitSecured();
        assertThat(phone.awaitUntil(now -> now.softwareVersion().endsWith(last)))
                .as("%s runs %s", phone, last)
                .isTrue();
        assertThat(phone.told(PhoneEvent.Upgraded.class)).hasSize(2).first().satisfies(step -> assertThat(step.to())
                .endsWith(subject.steps().first()));
        assertThat(resyncsUntilSecured(phone))
                .as("resyncs from boot to secured")
                .isLessThanOrEqualTo(3);

        phone.forgetEverything();
        phone.awaitTold(PhoneEvent.FactoryReset.class, 1);
        phone.awaitParameter("User_ID_1_", "user-" + subject.mac());

        assertThat(phone.parameter("Password_1_")).isEqualTo("pass-" + subject.mac());
        phone.awaitSecured();
        assertThat(phone.softwareVersion()).endsWith(last);
        assertThat(phone.told(PhoneEvent.Upgraded.class)).as("no step twice").hasSize(2);
    }

    private static long resyncsUntilSecured(PhoneUnderTest phone) {
        return phone.told(PhoneEvent.Resynced.class).stream()
                        .takeWhile(resync -> !resync.sealed())
                        .count()
                + 1;
    }
}
