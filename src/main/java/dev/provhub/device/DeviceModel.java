package dev.provhub.device;

import dev.provhub.sealing.KeyDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A product, as {@code config/models.yaml} describes it.
 *
 * @param name             its one name in the hub, e.g. {@code SPA508G}
 * @param productNumber    {@code $PN}, e.g. {@code SPA508G}, {@code CP-8841-3PCC}; empty when the model has none
 * @param productSeries    {@code $PSN}, e.g. {@code 508G}; empty when the model has none
 * @param family           group of models that layers and firmware are written for, e.g. {@code SPA50x}
 * @param parameterGroup   which column of the parameter dictionary holds for it, e.g. {@code SPA3xx/5xx}
 * @param lines            number of SIP lines, 0 for what has none
 * @param provisioning     how it takes profiles; null when it cannot
 * @param templates        the files that it is served instead; null for a model that takes profiles, or nothing
 * @param notProvisionable why it is served nothing; null when it is
 * @param notifyEvents     by what it can be told to do ({@code resync}, {@code reboot}, {@code report}), the value of the SIP
 *                         header {@code Event} that tells it; empty when it cannot be told anything
 */
public record DeviceModel(
        String name,
        String productNumber,
        String productSeries,
        String family,
        String parameterGroup,
        int lines,
        @Nullable Provisioning provisioning,
        @Nullable Templates templates,
        @Nullable String notProvisionable,
        Map<String, String> notifyEvents) {

    /** @throws IllegalArgumentException unless exactly one of the last three is given */
    public DeviceModel {
        notifyEvents = Map.copyOf(notifyEvents);
        long given = Stream.of(
                        Optional.ofNullable(provisioning),
                        Optional.ofNullable(templates),
                        Optional.ofNullable(notProvisionable))
                .filter(Optional::isPresent)
                .count();
        if (given != 1) {
            throw new IllegalArgumentException(
                    "model " + name + ": either provisioning, or templates, or the reason why neither");
        }
    }

    /**
     * The files of another vendor's phone, made from templates. They go out under proof by certificate and inside TLS alone.
     *
     * @param own         template of a device's own file, in {@code config/templates}
     * @param bootstrap   template of what everybody may have, which sees no device; null for nothing
     * @param contentType of both, as in {@code text/xml}
     */
    public record Templates(String own, @Nullable String bootstrap, String contentType) {}

    /** Which generation of TLS the device speaks. */
    public enum Tls {
        /** TLS 1.0 and RSA suites: needs the legacy listener. */
        LEGACY,
        /** TLS 1.2 or newer. */
        MODERN
    }

    /**
     * A CA that is built into the firmware.
     *
     * @param name        as in {@code certs/known-cas.yaml}
     * @param from        firmware from which on it is; null for all
     * @param unconfirmed why that is not sure, in words; null when it is
     */
    public record TrustedCa(
            String name, @Nullable String from, @Nullable String unconfirmed) {}

    /**
     * How a model takes its profile.
     *
     * @param tls               generation of TLS
     * @param digest            hash of the OpenSSL container
     * @param gzip              whether it reads gzip
     * @param keyParameter      general purpose parameter that holds the key: {@code GPP_SA} where it surely exists, else {@code GPP_A}
     * @param retryLists        whether delays may be lists ({@code 60+60,300+300}); else single numbers
     * @param customCaParameter parameter that names a further CA ({@code Custom_CA_URL}, {@code Custom_CA_Rule}); null when there is none
     * @param customCaDoubt     why it is not sure that it takes that parameter, in words; null when it is
     * @param trustedCas        the CAs built into the firmware
     * @param defaultPaths      what it asks before it was told anything, with the phones' macros, in order
     * @param firmwareFamily    group of images in {@code firmware/catalog.yaml} that fit it; null when none is known
     * @param rfc8188           whether it reads RFC 8188 bodies
     * @param rfc8188From       firmware from which on it does; null for all
     * @param ruleLimit         how many characters a rule may have
     * @param secretLogins      whether {@code $SA} to {@code $SD} are also read in the options {@code --uid} and {@code --pwd}
     */
    public record Provisioning(
            Tls tls,
            KeyDigest digest,
            boolean gzip,
            String keyParameter,
            boolean retryLists,
            @Nullable String customCaParameter,
            @Nullable String customCaDoubt,
            List<TrustedCa> trustedCas,
            List<String> defaultPaths,
            @Nullable String firmwareFamily,
            boolean rfc8188,
            @Nullable String rfc8188From,
            int ruleLimit,
            boolean secretLogins) {
        /** Copies the lists. */
        public Provisioning {
            trustedCas = List.copyOf(trustedCas);
            defaultPaths = List.copyOf(defaultPaths);
        }
    }

    /** How it takes profiles, empty when it cannot. */
    public Optional<Provisioning> provisionable() {
        return Optional.ofNullable(provisioning);
    }
}
