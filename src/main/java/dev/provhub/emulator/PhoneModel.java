package dev.provhub.emulator;

import java.util.List;
import java.util.Locale;

/** What the emulator knows of each model: names, defaults and quirks (protocol sections 3.2, 4.2, 5.1, 5.6 and 6). */
public enum PhoneModel {
    SPA942(PhoneFamily.SPA9XX, "SPA-942", "942"),
    SPA962(PhoneFamily.SPA9XX, "SPA-962", "962"),
    SPA504G(PhoneFamily.SPA50X, "SPA504G", "504G"),
    SPA508G(PhoneFamily.SPA50X, "SPA508G", "508G"),
    SPA525G2(PhoneFamily.SPA525, "SPA525G2", "525G2"),
    SPA112(PhoneFamily.SPA1XX, "SPA112", "112"),
    SPA122(PhoneFamily.SPA1XX, "SPA122", "122"),
    ATA191(PhoneFamily.ATA19X, "ATA191-MPP", "191"),
    ATA192(PhoneFamily.ATA19X, "ATA192-MPP", "192"),
    CP_7841_3PCC(PhoneFamily.MPP, "CP-7841-3PCC", "7841-3PCC"),
    CP_8841_3PCC(PhoneFamily.MPP, "CP-8841-3PCC", "8841-3PCC"),
    CP_8851_3PCC(PhoneFamily.MPP, "CP-8851-3PCC", "8851-3PCC"),
    PAP2T(PhoneFamily.PAP2T, "PAP2T", "PAP2T"),
    SPA2102(PhoneFamily.SPA2102, "SPA-2102", "2102");

    /** Which TLS a model speaks: {@code LEGACY} is TLS 1.0 with AES-CBC-SHA alone, {@code MODERN} is 1.2 and 1.3. */
    public enum TlsGeneration {
        LEGACY,
        MODERN
    }

    /** How a firmware image of a model says what it is. */
    public enum FirmwareKind {
        /** SPA30x/50x container. */
        SKOSMO5,
        /** SPA1xx container. */
        PAYTOND,
        /** A list of further files, one name per line. */
        LOADS,
        /** Nobody has described the container: the file name says the version. */
        BY_NAME
    }

    private final PhoneFamily family;
    private final String productName;
    private final String series;

    PhoneModel(PhoneFamily family, String productName, String series) {
        this.family = family;
        this.productName = productName;
        this.series = series;
    }

    /**
     * The model of a product name, in any case and with or without hyphens.
     *
     * @throws IllegalArgumentException if no model of that name is emulated; the message lists the names
     */
    public static PhoneModel named(String name) {
        for (PhoneModel model : values()) {
            if (plain(model.productName).equals(plain(name))
                    || plain(model.name()).equals(plain(name))) {
                return model;
            }
        }
        throw new IllegalArgumentException("No such phone model: " + name + "; there are " + List.of(values()));
    }

    private static String plain(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    /** {@code $PN}. */
    public String productName() {
        return productName;
    }

    /** {@code $PSN}. */
    public String series() {
        return series;
    }

    /** The {@code Profile_Rule} of a factory-fresh device. */
    public String defaultProfileRule() {
        return family.defaultProfileRule();
    }

    /** Which container the firmware of this model has. */
    public FirmwareKind firmwareKind() {
        return family.firmwareKind();
    }

    /** Which TLS this model speaks. */
    public TlsGeneration tls() {
        return family.tls();
    }

    PhoneFamily family() {
        return family;
    }

    /** @param mac 12 lower-case hex digits */
    String userAgent(String softwareVersion, String mac, String serial) {
        return switch (family) {
            case SPA9XX, PAP2T, SPA2102 -> "Linksys/%s-%s (%s)".formatted(productName, softwareVersion, serial);
            case SPA50X ->
                "Cisco/%s-%s (%s)(%s)".formatted(productName, softwareVersion, mac.toUpperCase(Locale.ROOT), serial);
            case SPA1XX -> "Cisco/%s-%s (%s)".formatted(productName, softwareVersion, mac.toUpperCase(Locale.ROOT));
            case SPA525, ATA19X -> "Cisco/%s-%s (%s)".formatted(productName, softwareVersion, serial);
            case MPP -> "Cisco-%s/%s (%s)".formatted(productName, shortVersion(softwareVersion), mac);
        };
    }

    /** {@code sip88xx.12-0-1MPP0001-245} introduces itself as {@code 12.0.1}. */
    private static String shortVersion(String version) {
        return version.replaceFirst("^[A-Za-z0-9_]+\\.", "")
                .replaceFirst("MPP.*$", "")
                .replace('-', '.');
    }
}
