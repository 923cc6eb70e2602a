package dev.provhub.emulator;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What the parameters that matter to provisioning hold after a factory reset (sections 3.1, 6 and 8). */
final class FactoryDefaults {
    private static final String MPP_RETRIES = "60,120,240,480,960,1920,3840,7680,15360,30720,61440,86400";
    private static final String TRANSFER = " $SCHEME://$SERVIP:$PORT$PATH";

    private static final Map<String, String> COMMON = Map.ofEntries(
            Map.entry("Provision_Enable", "Yes"),
            Map.entry("Resync_On_Reset", "Yes"),
            Map.entry("Resync_Random_Delay", "2"),
            Map.entry("Resync_Periodic", "3600"),
            Map.entry("Resync_Error_Retry_Delay", "3600"),
            Map.entry("Forced_Resync_Delay", "14400"),
            Map.entry("Resync_From_SIP", "Yes"),
            Map.entry("Resync_After_Upgrade_Attempt", "Yes"),
            Map.entry("Resync_Fails_On_FNF", "Yes"),
            Map.entry("Resync_At_Random_Delay", "600"),
            Map.entry("User_Configurable_Resync", "Yes"),
            Map.entry("Upgrade_Enable", "Yes"),
            Map.entry("Upgrade_Error_Retry_Delay", "3600"),
            Map.entry("HTTP_Report_Method", "POST"),
            Map.entry("HTTPS_Name_Validate", "Yes"),
            Map.entry("Enable_Web_Server", "Yes"),
            Map.entry("Enable_Web_Admin_Access", "Yes"),
            Map.entry("Enable_Direct_Action_Url", "Yes"),
            Map.entry("CISCO_XML_EXE_Enable", "No"),
            Map.entry("CISCO_XML_EXE_Auth_Mode", "Trusted"),
            Map.entry("SPCP_Auto-detect", "Yes"),
            Map.entry("DHCP_Option_To_Use", "66,160,159,150"),
            Map.entry("Log_Resync_Request_Msg", "$PN $MAC -- Requesting resync" + TRANSFER),
            Map.entry("Log_Resync_Success_Msg", "$PN $MAC -- Successful resync" + TRANSFER),
            Map.entry("Log_Resync_Failure_Msg", "$PN $MAC -- Resync failed: $ERR"),
            Map.entry("Log_Request_Msg", "$PN $MAC -- Requesting resync" + TRANSFER),
            Map.entry("Log_Success_Msg", "$PN $MAC -- Successful resync" + TRANSFER),
            Map.entry("Log_Failure_Msg", "$PN $MAC -- Resync failed: $ERR"),
            Map.entry("Log_Upgrade_Request_Msg", "$PN $MAC -- Requesting upgrade" + TRANSFER),
            Map.entry("Log_Upgrade_Success_Msg", "$PN $MAC -- Successful upgrade" + TRANSFER + " -- $ERR"),
            Map.entry("Log_Upgrade_Failure_Msg", "$PN $MAC -- Upgrade failed: $ERR"),
            Map.entry("Report_To_Server", "On Request"),
            Map.entry("Periodic_Upload_To_Server", "3600"),
            Map.entry("Upload_Delay_On_Local_Change", "60"));

    private static final Map<PhoneModel, Map<String, String>> BY_MODEL = all();

    private FactoryDefaults() {}

    /** By name; one map for all phones of the model. */
    static Map<String, String> of(PhoneModel model) {
        return BY_MODEL.getOrDefault(model, Map.of());
    }

    private static Map<PhoneModel, Map<String, String>> all() {
        Map<PhoneModel, Map<String, String>> all = new EnumMap<>(PhoneModel.class);
        for (PhoneModel model : PhoneModel.values()) {
            all.put(model, make(model));
        }
        return all;
    }

    private static Map<String, String> make(PhoneModel model) {
        PhoneFamily family = model.family();
        Map<String, String> values = new HashMap<>(COMMON);
        for (char register = 'A'; register <= 'P'; register++) {
            values.put("GPP_" + register, "");
        }
        values.put("Profile_Rule", model.profileRule());
        if (family.has(PhoneTrait.MULTIPLATFORM)) {
            values.put("Resync_Error_Retry_Delay", MPP_RETRIES);
            values.put("HTTP_User_Agent_Name", family.userAgent());
            values.put("CISCO_XML_EXE_Auth_Mode", "Local Credential");
            values.put("DHCP_Option_To_Use", "66,160,159,150,60,43,125");
        }
        if (family == PhoneFamily.CP_8831) {
            values.put("DHCP_Option_To_Use", "160,159,66,150,158");
        }
        if (!family.pages().preset().isEmpty()) {
            values.put(family.pages().password(), family.pages().preset());
        }
        values.keySet().removeIf(name -> !model.knows(name));
        return Map.copyOf(values);
    }
}
