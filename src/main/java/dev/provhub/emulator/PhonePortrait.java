package dev.provhub.emulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a phone shows of itself: the Info part of its pages, and its parameters without secrets (section 8). */
final class PhonePortrait {
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

    Map<String, String> info() {
        Duration up = clock.elapsed();
        Map<String, String> info = new LinkedHashMap<>();
        info.put("Product_Name", identity.model().productNumber());
        info.put("Serial_Number", identity.serial());
        info.put("Software_Version", memory.softwareVersion());
        info.put("Hardware_Version", String.valueOf(facts.value("HWVER")));
        info.put("MAC_Address", identity.macUpper());
        info.put("Client_Certificate", String.valueOf(facts.value("CCERT")));
        info.put("Customization", memory.customization().text());
        info.put("Licenses", "None");
        info.put("Current_IP", String.valueOf(facts.value("IP")));
        info.put("Current_Time", date.now().toString());
        info.put(
                "Elapsed_Time",
                String.format(
                        Locale.ROOT,
                        "%d days and %02d:%02d:%02d",
                        up.toDays(),
                        up.toHoursPart(),
                        up.toMinutesPart(),
                        up.toSecondsPart()));
        return info;
    }

    /** Passwords and keys are empty; secret registers and keying material are not there at all. */
    Map<String, String> parameters() {
        Map<String, String> shown = new TreeMap<>();
        memory.parameters().all().forEach((name, value) -> {
            if (!isHidden(name)) {
                shown.put(name, isSecret(name) ? "" : value);
            }
        });
        return shown;
    }

    private static boolean isHidden(String name) {
        return name.matches("GPP_S[A-D]") || name.equals("IKM_HTTP_Encrypt_Content");
    }

    private static boolean isSecret(String name) {
        return name.matches("(?i).*(passw|_pwd|private_key|pass_?phrase|psk|_pin(_|$)|secret).*");
    }
}
