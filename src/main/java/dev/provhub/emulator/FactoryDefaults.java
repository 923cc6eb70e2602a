package dev.provhub.emulator;

import java.util.HashMap;
import java.util.Map;

/** What the parameters that matter to provisioning hold after a factory reset (sections 3.1 and 6). */
final class FactoryDefaults {
    private static final String MPP_RETRIES = "60,120,240,480,960,1920,3840,7680,15360,30720,61440,86400";

    private static final Map<String, String> COMMON = Map.ofEntries(
            Map.entry("Provision_Enable", "Yes"),
            Map.entry("Resync_On_Reset", "Yes"),
            Map.entry("Resync_Random_Delay", "2"),
            Map.entry("Resync_Periodic", "3600"),
            Map.entry("Resync_Error_Retry_Delay", "3600"),
            Map.entry("Resync_After_Upgrade_Attempt", "Yes"),
            Map.entry("Resync_Fails_On_FNF", "Yes"),
            Map.entry("Resync_At_Random_Delay", "600"),
            Map.entry("Upgrade_Enable", "Yes"),
            Map.entry("Upgrade_Error_Retry_Delay", "3600"),
            Map.entry("HTTPS_Name_Validate", "Yes"));

    private FactoryDefaults() {}

    static Map<String, String> of(PhoneModel model) {
        Map<String, String> values = new HashMap<>(COMMON);
        values.put("Profile_Rule", model.profileRule());
        if (model.family() == PhoneFamily.MPP) {
            values.put("Resync_Error_Retry_Delay", MPP_RETRIES);
            values.put("HTTP_User_Agent_Name", model.family().userAgent());
        }
        values.keySet().removeIf(name -> !model.knows(name));
        return values;
    }
}
