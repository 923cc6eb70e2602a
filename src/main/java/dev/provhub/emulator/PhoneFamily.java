package dev.provhub.emulator;

import dev.provhub.emulator.PhoneModel.FirmwareKind;
import dev.provhub.emulator.PhoneModel.TlsGeneration;
import java.util.List;
import java.util.Optional;

/** What the models of one firmware line have in common. */
enum PhoneFamily {
    SPA9XX("/spa$PSN.cfg", TlsGeneration.LEGACY, FirmwareKind.BY_NAME, true, false, ""),
    SPA50X("/spa$PSN.cfg", TlsGeneration.LEGACY, FirmwareKind.SKOSMO5, false, true, "Custom_CA_URL"),
    SPA525("/spa$PSN.cfg", TlsGeneration.LEGACY, FirmwareKind.BY_NAME, false, true, "Custom_CA_URL"),
    SPA1XX("/spa$PSN.cfg", TlsGeneration.LEGACY, FirmwareKind.PAYTOND, true, true, "Custom_CA_URL"),
    ATA19X("/ata$PSN.cfg", TlsGeneration.MODERN, FirmwareKind.BY_NAME, true, true, "Custom_CA_URL"),
    MPP("/$PSN.xml", TlsGeneration.MODERN, FirmwareKind.LOADS, true, true, "Custom_CA_Rule"),
    PAP2T("/init.cfg", TlsGeneration.LEGACY, FirmwareKind.BY_NAME, true, false, ""),
    SPA2102("/spa$PSN.cfg", TlsGeneration.LEGACY, FirmwareKind.BY_NAME, true, false, "");

    private static final String MPP_RETRIES = "60,120,240,480,960,1920,3840,7680,15360,30720,61440,86400";

    private final String defaultProfileRule;
    private final TlsGeneration tls;
    private final FirmwareKind firmwareKind;
    private final boolean secretRegisters;
    private final boolean delayLists;
    private final String customCaParameter;

    PhoneFamily(
            String defaultProfileRule,
            TlsGeneration tls,
            FirmwareKind firmwareKind,
            boolean secretRegisters,
            boolean delayLists,
            String customCaParameter) {
        this.defaultProfileRule = defaultProfileRule;
        this.tls = tls;
        this.firmwareKind = firmwareKind;
        this.secretRegisters = secretRegisters;
        this.delayLists = delayLists;
        this.customCaParameter = customCaParameter;
    }

    String defaultProfileRule() {
        return defaultProfileRule;
    }

    TlsGeneration tls() {
        return tls;
    }

    FirmwareKind firmwareKind() {
        return firmwareKind;
    }

    /** Whether there is {@code GPP_SA} to {@code GPP_SD}; the guides disagree on SPA3xx and SPA5xx, which go without. */
    boolean hasSecretRegisters() {
        return secretRegisters;
    }

    /** Whether delays may be lists; early firmware takes one number. */
    boolean hasDelayLists() {
        return delayLists;
    }

    /** Whether the secret registers can be used for {@code --uid} and {@code --pwd} too. */
    boolean secretsInCredentials() {
        return this == MPP;
    }

    /** The guides of the SPA exclude HTTPS for firmware. */
    boolean firmwareOverHttps() {
        return this == MPP || this == ATA19X;
    }

    /** The parameter that names a further CA, empty where the firmware has none. */
    Optional<String> customCaParameter() {
        return customCaParameter.isEmpty() ? Optional.empty() : Optional.of(customCaParameter);
    }

    /** The digests to try, in order, on a sealed body. */
    List<String> digests() {
        return this == MPP ? List.of("SHA-256", "MD5") : List.of("MD5");
    }

    String defaultErrorRetryDelay() {
        return this == MPP ? MPP_RETRIES : "3600";
    }
}
