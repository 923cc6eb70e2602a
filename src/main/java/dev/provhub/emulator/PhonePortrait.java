package dev.provhub.emulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a phone shows of itself: the Info part of its pages, and its parameters without secrets (section 8). */
final class PhonePortrait {
    private static final Pattern SECRET = Pattern.compile("(?i)passw|_pwd|private_key|mini_certificate|pass_?phrase|psk"
            + "|pre-shared_key|wep_?key|secret|_pin(_[0-9]+_)?$|/SNMP/[GS]et_Community$");

    private static final Pattern KEY_IN_RULE =
            Pattern.compile("(--(?:key|pwd)\\s+)(?!\"?\\$)(?:\"[^\"]*\"|[^\\s\\]]+)");

    private final PhoneIdentity identity;
    private final PhoneMemory memory;
    private final PhoneFacts facts;
    private final PhoneClock clock;
    private final PhoneDate date;

    PhonePortrait(PhoneIdentity identity, PhoneMemory memory, PhoneFacts facts, PhoneClock clock, PhoneDate date) {
        this.identity = identity;
        this.memory = memory;
        this.facts = facts;
        this.clock = clock;
        this.date = date;
    }

    /** The Info part: its groups in order, each with its elements in order. */
    Map<String, Map<String, String>> info() {
        Map<String, Map<String, String>> info = new LinkedHashMap<>();
        info.put("Info/System_Information", network());
        info.put("Info/Product_Information", product());
        info.put("Info/Phone_Status", status());
        info.put("Info/Ext_1_Status", Map.of("Registration_State", isRegistered() ? "Registered" : "Failed"));
        return info;
    }

    /** The network of every virtual phone is the loopback. */
    private Map<String, String> network() {
        Map<String, String> network = new LinkedHashMap<>();
        network.put("DHCP", "Enabled");
        network.put("Current_IP", String.valueOf(facts.value("IP")));
        network.put("Host_Name", "");
        network.put("Domain", "");
        network.put("Current_Netmask", "255.0.0.0");
        network.put("Current_Gateway", "127.0.0.1");
        network.put("Primary__DNS", "127.0.0.1");
        network.put("Secondary__DNS", "");
        return network;
    }

    private Map<String, String> product() {
        Map<String, String> product = new LinkedHashMap<>();
        product.put("Product_Name", identity.model().productNumber());
        product.put("Serial_Number", identity.serial());
        product.put("Software_Version", memory.softwareVersion());
        product.put("Hardware_Version", String.valueOf(facts.value("HWVER")));
        product.put("MAC_Address", identity.macUpper());
        product.put("Client_Certificate", String.valueOf(facts.value("CCERT")));
        product.put("Customization", memory.customization().text());
        product.put("Licenses", "None");
        return product;
    }

    private Map<String, String> status() {
        Duration up = clock.elapsed();
        Map<String, String> status = new LinkedHashMap<>();
        status.put("Current_Time", date.now().toString());
        status.put(
                "Elapsed_Time",
                String.format(
                        Locale.ROOT,
                        "%d days and %02d:%02d:%02d",
                        up.toDays(),
                        up.toHoursPart(),
                        up.toMinutesPart(),
                        up.toSecondsPart()));
        return status;
    }

    private boolean isRegistered() {
        return String.valueOf(facts.value("REGTMR1")).equals("0");
    }

    /** Passwords and keys are empty; secret registers and keying material are not there at all. */
    Map<String, String> parameters() {
        Map<String, String> shown = new TreeMap<>();
        memory.parameters().all().forEach((name, value) -> {
            if (!isHidden(name)) {
                shown.put(name, isSecret(name) ? "" : withoutKey(value));
            }
        });
        return shown;
    }

    /** A key that stands in a rule is left out; a macro that names its register is none. */
    private static String withoutKey(String value) {
        return value.contains("--") ? KEY_IN_RULE.matcher(value).replaceAll("$1\"\"") : value;
    }

    private static boolean isHidden(String name) {
        return name.matches("GPP_S[A-D]") || name.equals("IKM_HTTP_Encrypt_Content");
    }

    private static boolean isSecret(String name) {
        return SECRET.matcher(name).find();
    }
}
