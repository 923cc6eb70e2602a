package dev.provhub.emulator;

import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.ImageCheck;
import dev.provhub.emulator.transport.TlsGeneration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The devices that can be played, a line each: {@code $PN}, {@code $PSN}, family, and what is its own. A new model of a
 * known family is one more line.
 */
public enum PhoneModel {
    SPA_1000("SPA-1000", "1000", PhoneFamily.SIPURA),
    SPA_2000("SPA-2000", "2000", PhoneFamily.SIPURA),
    SPA_2002("SPA-2002", "2002", PhoneFamily.SIPURA),
    SPA_2100("SPA-2100", "2100", PhoneFamily.SIPURA),
    SPA_3000("SPA-3000", "3000", PhoneFamily.SIPURA),
    SPA_841("SPA-841", "841", PhoneFamily.SIPURA),
    SPA901("SPA-901", "901", PhoneFamily.LINKSYS),
    SPA921("SPA-921", "921", PhoneFamily.LINKSYS),
    SPA922("SPA-922", "922", PhoneFamily.LINKSYS),
    SPA941("SPA-941", "941", PhoneFamily.LINKSYS),
    SPA942("SPA-942", "942", PhoneFamily.LINKSYS),
    SPA962("SPA-962", "962", PhoneFamily.LINKSYS),
    WIP310("WIP310", "310", PhoneFamily.WIP310),
    SPA9000("SPA9000", "9000", PhoneFamily.LINKSYS),
    PAP2T("PAP2T", "2T", PhoneFamily.LINKSYS, "/init.cfg", ""),
    PAP2("PAP2", "2", PhoneFamily.LINKSYS, "/init.cfg", ""),
    SPA1001("SPA1001", "1001", PhoneFamily.LINKSYS),
    SPA2102("SPA-2102", "2102", PhoneFamily.LINKSYS),
    SPA3102("SPA-3102", "3102", PhoneFamily.LINKSYS),
    SPA8000("SPA8000", "8000", PhoneFamily.LINKSYS),
    SPA8800("SPA8800", "8800", PhoneFamily.LINKSYS),
    WRP400("WRP400", "400", PhoneFamily.LINKSYS),
    SPA301("SPA301", "301", PhoneFamily.SPA50X),
    SPA303("SPA303", "303", PhoneFamily.SPA50X),
    SPA501G("SPA501G", "501G", PhoneFamily.SPA50X),
    SPA502G("SPA502G", "502G", PhoneFamily.SPA50X),
    SPA504G("SPA504G", "504G", PhoneFamily.SPA50X),
    SPA508G("SPA508G", "508G", PhoneFamily.SPA50X),
    SPA509G("SPA509G", "509G", PhoneFamily.SPA50X),
    SPA512G("SPA512G", "512G", PhoneFamily.SPA51X),
    SPA514G("SPA514G", "514G", PhoneFamily.SPA51X),
    SPA525G("SPA525G", "525G", PhoneFamily.SPA525),
    SPA525G2("SPA525G2", "525G2", PhoneFamily.SPA525),
    SPA112("SPA112", "112", PhoneFamily.SPA1XX),
    SPA122("SPA122", "122", PhoneFamily.SPA1XX),
    SPA232D("SPA232D", "232D", PhoneFamily.SPA1XX),
    ATA191("ATA191-MPP", "191", PhoneFamily.ATA19X),
    ATA192("ATA192-MPP", "192", PhoneFamily.ATA19X),
    CP_6821("6821", "sip6821."),
    CP_6841("6841", "sip68xx."),
    CP_6851("6851", "sip68xx."),
    CP_6861("6861", "sip68xx."),
    CP_6871("6871", "sip68xx."),
    CP_7811("7811", "sip78xx."),
    CP_7821("7821", "sip78xx."),
    CP_7841("7841", "sip78xx."),
    CP_7861("7861", "sip78xx."),
    CP_7832("7832", "sip7832."),
    CP_8811("8811", "sip88xx."),
    CP_8841("8841", "sip88xx."),
    CP_8851("8851", "sip88xx."),
    CP_8861("8861", "sip88xx."),
    CP_8845("8845", "sip8845_65."),
    CP_8865("8865", "sip8845_65."),
    CP_8832("8832", "sip8832."),
    CP_8831("CP-8831-3PCC", "8831", PhoneFamily.CP_8831),
    DP_9861("DP-9861", "9861", PhoneFamily.PHONE_OS);

    private static final Set<String> SECRET_REGISTERS = Set.of("GPP_SA", "GPP_SB", "GPP_SC", "GPP_SD");

    private final String productNumber;
    private final String productSeries;
    private final PhoneFamily family;
    private final String profileRule;
    private final String loadsPrefix;

    PhoneModel(String productNumber, String productSeries, PhoneFamily family) {
        this(productNumber, productSeries, family, family.profileRule(), "");
    }

    /** A multiplatform phone. */
    PhoneModel(String number, String loadsPrefix) {
        this("CP-" + number + "-3PCC", number + "-3PCC", PhoneFamily.MPP, PhoneFamily.MPP.profileRule(), loadsPrefix);
    }

    PhoneModel(String productNumber, String productSeries, PhoneFamily family, String profileRule, String loadsPrefix) {
        this.productNumber = productNumber;
        this.productSeries = productSeries;
        this.family = family;
        this.profileRule = profileRule;
        this.loadsPrefix = loadsPrefix;
    }

    /** The model of a name, {@code $PN}, {@code $PSN} or the number; hyphens, underscores and case do not count. */
    public static Optional<PhoneModel> named(String text) {
        String wanted = plain(text);
        return Arrays.stream(values())
                .filter(model -> plain(model.productNumber).equals(wanted)
                        || plain(model.productSeries).equals(wanted)
                        || plain(model.productSeries.replace("-3PCC", "")).equals(wanted)
                        || plain(model.name()).equals(wanted))
                .findFirst();
    }

    private static String plain(String text) {
        return text.replace("-", "").replace("_", "").toUpperCase(Locale.ROOT);
    }

    /** {@code $PN}, e.g. {@code SPA-942}, {@code CP-8841-3PCC}. */
    public String productNumber() {
        return productNumber;
    }

    /** {@code $PSN}, e.g. {@code 942}, {@code 8841-3PCC}. */
    public String productSeries() {
        return productSeries;
    }

    /** Which TLS it speaks. */
    public TlsGeneration tls() {
        return family.security().tls();
    }

    /** How its firmware is packed: for {@link dev.provhub.emulator.firmware.FirmwareImages}. */
    public ContainerKind container() {
        return family.container();
    }

    /** An old version, for a phone of which nothing else is known. */
    public String firstVersion() {
        return loadsPrefix + family.firstVersion();
    }

    String profileRule() {
        return profileRule;
    }

    PhoneFamily family() {
        return family;
    }

    ImageCheck imageCheck() {
        return new ImageCheck(family.container(), family.versionText(), loadsPrefix);
    }

    /**
     * Whether the model knows a parameter. Only those are told apart that matter to provisioning; every other element is
     * kept, because what a phone does not know has no effect.
     */
    boolean knows(String parameter) {
        if (parameter.length() == 6 && SECRET_REGISTERS.contains(parameter)) {
            return family.has(PhoneTrait.SECRET_REGISTERS);
        }
        if (parameter.startsWith("router-configuration/")) {
            return family.has(PhoneTrait.ROUTER);
        }
        return switch (parameter) {
            case "Custom_CA_URL", "Custom_CA_Rule" ->
                parameter.equals(family.security().customCa());
            case "Resync_At__HHmm_", "Resync_At_Random_Delay" -> family.has(PhoneTrait.RESYNC_AT);
            case "IKM_HTTP_Encrypt_Content" -> family.has(PhoneTrait.ENCRYPTED_CONTENT);
            case "HTTP_User_Agent_Name",
                    "Report_To_Server",
                    "Periodic_Upload_To_Server",
                    "Upload_Delay_On_Local_Change",
                    "Log_Request_Msg",
                    "Log_Success_Msg",
                    "Log_Failure_Msg" -> family.has(PhoneTrait.MULTIPLATFORM);
            case "Log_Resync_Request_Msg", "Log_Resync_Success_Msg", "Log_Resync_Failure_Msg" ->
                !family.has(PhoneTrait.MULTIPLATFORM);
            case "DHCP_Option_To_Use" -> family.has(PhoneTrait.FURTHER_DHCP_OPTIONS);
            case "Transport_Protocol" -> family.has(PhoneTrait.SCCP_FALLBACK) || family == PhoneFamily.ATA19X;
            case "SPCP_Auto-detect" -> family.has(PhoneTrait.SCCP_FALLBACK);
            case "HTTPS_Name_Validate" -> family == PhoneFamily.ATA19X;
            default -> true;
        };
    }
}
