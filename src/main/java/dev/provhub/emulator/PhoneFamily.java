package dev.provhub.emulator;

import static dev.provhub.emulator.PhoneTrait.COMPILED_PROFILES;
import static dev.provhub.emulator.PhoneTrait.DELAY_LISTS;
import static dev.provhub.emulator.PhoneTrait.DHCP_TAILS;
import static dev.provhub.emulator.PhoneTrait.ENCRYPTED_CONTENT;
import static dev.provhub.emulator.PhoneTrait.FIRMWARE_OVER_HTTPS;
import static dev.provhub.emulator.PhoneTrait.FURTHER_DHCP_OPTIONS;
import static dev.provhub.emulator.PhoneTrait.RESYNC_AT;
import static dev.provhub.emulator.PhoneTrait.ROUTER;
import static dev.provhub.emulator.PhoneTrait.SCCP_FALLBACK;
import static dev.provhub.emulator.PhoneTrait.SECRET_LOGINS;
import static dev.provhub.emulator.PhoneTrait.SECRET_REGISTERS;
import static dev.provhub.emulator.PhoneTrait.TRIGGER_GATES;

import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareVersionText;
import dev.provhub.emulator.profile.PassDigest;
import dev.provhub.emulator.transport.ServerName;
import dev.provhub.emulator.transport.TlsGeneration;
import java.util.List;
import java.util.Set;

/**
 * What the models of one code base have in common. Where the protocol reference is not sure, the harder reading is taken:
 * SPA3xx/5xx have no secret registers, the Linksys generation knows no delay lists.
 */
// The sets and lists are the unmodifiable ones of the JDK
@SuppressWarnings("ImmutableEnumChecker")
enum PhoneFamily {
    /** Sipura adapters and phones: the secret registers are not documented for them. */
    SIPURA(
            "Sipura/$(PN)-$(SWVER) ($(SN))",
            "/spa.cfg",
            "2.0.10",
            Security.SPA,
            ContainerKind.UNDESCRIBED,
            FirmwareVersionText.TAIL_IN_PARENTHESES,
            Pages.LINKSYS,
            Set.of(COMPILED_PROFILES)),
    /** SPA9xx, PAP2T, SPA2102, SPA3102, SPA8000 and their kin. */
    LINKSYS(
            "Linksys/$(PN)-$(SWVER) ($(SN))",
            "/spa$PSN.cfg",
            "5.1.8",
            Security.SPA,
            ContainerKind.UNDESCRIBED,
            FirmwareVersionText.TAIL_IN_PARENTHESES,
            Pages.LINKSYS,
            Set.of(SECRET_REGISTERS, COMPILED_PROFILES)),
    /** WIP310: as the Linksys ones, with secret registers that nobody has documented. */
    WIP310(
            "Linksys/$(PN)-$(SWVER) ($(SN))",
            "/spa$PSN.cfg",
            "5.0.8",
            Security.SPA,
            ContainerKind.UNDESCRIBED,
            FirmwareVersionText.TAIL_IN_PARENTHESES,
            Pages.LINKSYS,
            Set.of(COMPILED_PROFILES)),
    /** SPA30x and SPA50x. */
    SPA50X(
            "Cisco/$(PN)-$(SWVER) ($(MAU))($(SN))",
            "/spa$PSN.cfg",
            "7.4.8a",
            Security.SPA_WITH_CUSTOM_CA,
            ContainerKind.SECTORS,
            FirmwareVersionText.TAIL_BARE,
            Pages.LINKSYS,
            Set.of(DELAY_LISTS, RESYNC_AT, FURTHER_DHCP_OPTIONS, SCCP_FALLBACK, COMPILED_PROFILES)),
    /** SPA51x: like SPA50x with a container that nobody has described. */
    SPA51X(
            "Cisco/$(PN)-$(SWVER) ($(MAU))($(SN))",
            "/spa$PSN.cfg",
            "7.4.8",
            Security.SPA_WITH_CUSTOM_CA,
            ContainerKind.UNDESCRIBED,
            FirmwareVersionText.TAIL_BARE,
            Pages.LINKSYS,
            Set.of(DELAY_LISTS, RESYNC_AT, FURTHER_DHCP_OPTIONS, SCCP_FALLBACK, COMPILED_PROFILES)),
    /** SPA525G and SPA525G2, which leave their MAC out of the User-Agent. */
    SPA525(
            "Cisco/$(PN)-$(SWVER) ($(SN))",
            "/spa$PSN.cfg",
            "7.4.8",
            Security.SPA_WITH_CUSTOM_CA,
            ContainerKind.UNDESCRIBED,
            FirmwareVersionText.TAIL_BARE,
            Pages.LINKSYS,
            Set.of(DELAY_LISTS, RESYNC_AT, FURTHER_DHCP_OPTIONS, SCCP_FALLBACK, COMPILED_PROFILES)),
    /** SPA112, SPA122, SPA232D. */
    SPA1XX(
            "Cisco/$(PN)-$(SWVER) ($(MAU))",
            "/spa$PSN.cfg",
            "1.3.1",
            Security.SPA_WITH_CUSTOM_CA,
            ContainerKind.MODULES,
            FirmwareVersionText.TAIL_IN_PARENTHESES,
            Pages.ADAPTER,
            Set.of(SECRET_REGISTERS, DELAY_LISTS, RESYNC_AT, FURTHER_DHCP_OPTIONS, ROUTER, COMPILED_PROFILES)),
    /** ATA191 and ATA192 with multiplatform firmware. */
    ATA19X(
            "Cisco/$(PN)-$(SWVER) ($(SN))",
            "/ata$PSN.cfg",
            "11-0-0MPP0001-019",
            Security.ATA,
            ContainerKind.UNDESCRIBED,
            FirmwareVersionText.DASHED,
            Pages.ADAPTER,
            Set.of(SECRET_REGISTERS, DELAY_LISTS, RESYNC_AT, FURTHER_DHCP_OPTIONS, ROUTER, FIRMWARE_OVER_HTTPS)),
    /** Multiplatform phones. */
    MPP(
            "$VERSION ($MA)",
            "/$PSN.xml",
            "11-0-1MPP-376",
            Security.MPP,
            ContainerKind.LOADS,
            FirmwareVersionText.DASHED_WITH_PREFIX,
            Pages.MULTIPLATFORM,
            Set.of(
                    SECRET_REGISTERS,
                    SECRET_LOGINS,
                    DELAY_LISTS,
                    RESYNC_AT,
                    FURTHER_DHCP_OPTIONS,
                    DHCP_TAILS,
                    TRIGGER_GATES,
                    FIRMWARE_OVER_HTTPS,
                    ENCRYPTED_CONTENT,
                    PhoneTrait.MULTIPLATFORM)),
    /** The older 8831 3PCC: TLS, digest and image are not documented. */
    CP_8831(
            "$VERSION ($MA)",
            "/CP-8831-3PCC.cfg",
            "9.3.4",
            Security.CP_8831,
            ContainerKind.UNDESCRIBED,
            FirmwareVersionText.TAIL_IN_PARENTHESES,
            Pages.MULTIPLATFORM,
            Set.of(
                    SECRET_REGISTERS,
                    SECRET_LOGINS,
                    DELAY_LISTS,
                    RESYNC_AT,
                    FURTHER_DHCP_OPTIONS,
                    TRIGGER_GATES,
                    PhoneTrait.MULTIPLATFORM)),
    /** The 9800 series: the elements of the multiplatform phones, with secret registers that nobody has documented. */
    PHONE_OS(
            "$VERSION ($MA)",
            "/$PSN.xml",
            "3-0-1MPP0001-100",
            Security.MPP,
            ContainerKind.UNDESCRIBED,
            FirmwareVersionText.DASHED_WITH_PREFIX,
            Pages.MULTIPLATFORM,
            Set.of(
                    DELAY_LISTS,
                    RESYNC_AT,
                    FURTHER_DHCP_OPTIONS,
                    DHCP_TAILS,
                    TRIGGER_GATES,
                    FIRMWARE_OVER_HTTPS,
                    ENCRYPTED_CONTENT,
                    PhoneTrait.MULTIPLATFORM));

    /**
     * A family's own web pages (section 3.6).
     *
     * @param dump      path of the dump of all parameters
     * @param status    path of the status page; empty when there is none
     * @param password  parameter with the administrator's password
     * @param preset    that password as the factory sets it; empty for none
     */
    record Pages(String dump, String status, String password, String preset) {
        static final Pages LINKSYS = new Pages("/admin/spacfg.xml", "", "Admin_Passwd", "");
        static final Pages ADAPTER =
                new Pages("/admin/config.xml", "", "router-configuration/Web_Login_Admin_Password", "admin");
        static final Pages MULTIPLATFORM = new Pages("/admin/cfg.xml", "/admin/status.xml", "Admin_Password", "");
    }

    /**
     * TLS and encryption of a family.
     *
     * @param customCa parameter that names a further CA; empty when there is none
     */
    record Security(TlsGeneration tls, ServerName serverName, List<PassDigest> digests, String customCa) {
        static final Security SPA =
                new Security(TlsGeneration.LEGACY, ServerName.COMMON_NAME, List.of(PassDigest.MD5), "");
        static final Security SPA_WITH_CUSTOM_CA =
                new Security(TlsGeneration.LEGACY, ServerName.COMMON_NAME, List.of(PassDigest.MD5), "Custom_CA_URL");
        static final Security ATA = new Security(
                TlsGeneration.MODERN, ServerName.ALTERNATIVE_NAMES, List.of(PassDigest.MD5), "Custom_CA_URL");
        static final Security MPP = new Security(
                TlsGeneration.MODERN,
                ServerName.ALTERNATIVE_NAMES,
                List.of(PassDigest.SHA256, PassDigest.MD5),
                "Custom_CA_Rule");
        static final Security CP_8831 =
                new Security(TlsGeneration.LEGACY, ServerName.COMMON_NAME, List.of(PassDigest.MD5), "Custom_CA_Rule");
    }

    private final String userAgent;
    private final String profileRule;
    private final String firstVersion;
    private final Security security;
    private final ContainerKind container;
    private final FirmwareVersionText versionText;
    private final Pages pages;
    private final Set<PhoneTrait> traits;

    PhoneFamily(
            String userAgent,
            String profileRule,
            String firstVersion,
            Security security,
            ContainerKind container,
            FirmwareVersionText versionText,
            Pages pages,
            Set<PhoneTrait> traits) {
        this.userAgent = userAgent;
        this.profileRule = profileRule;
        this.firstVersion = firstVersion;
        this.security = security;
        this.container = container;
        this.versionText = versionText;
        this.pages = pages;
        this.traits = Set.copyOf(traits);
    }

    /** With macros. */
    String userAgent() {
        return userAgent;
    }

    /** Factory default of {@code Profile_Rule}. */
    String profileRule() {
        return profileRule;
    }

    /** An old version, without the prefix of a model's image. */
    String firstVersion() {
        return firstVersion;
    }

    Security security() {
        return security;
    }

    ContainerKind container() {
        return container;
    }

    FirmwareVersionText versionText() {
        return versionText;
    }

    Pages pages() {
        return pages;
    }

    boolean has(PhoneTrait trait) {
        return traits.contains(trait);
    }
}
