package dev.provhub.emulator;

import dev.provhub.emulator.rule.MacroText;
import dev.provhub.emulator.rule.MacroValues;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The macros of section 4.2 as this phone knows them. Lines count as registered: it has no SIP. */
final class PhoneFacts implements MacroValues {
    private static final Pattern USER_ID = Pattern.compile("UID[1-9][0-9]?");
    private static final Pattern SECRET_REGISTER = Pattern.compile("S[A-D]");

    private final PhoneIdentity identity;
    private final PhoneMemory memory;
    private final boolean certificate;

    PhoneFacts(PhoneIdentity identity, PhoneMemory memory, boolean certificate) {
        this.identity = identity;
        this.memory = memory;
        this.certificate = certificate;
    }

    @Override
    public @Nullable String value(String name) {
        return switch (name) {
            case "MA" -> identity.mac();
            case "MAU" -> identity.macUpper();
            case "MAC" -> identity.macWithColons();
            case "PN" -> identity.model().productNumber();
            case "PSN" -> identity.model().productSeries();
            case "SN" -> identity.serial();
            case "SWVER" -> memory.softwareVersion();
            case "HWVER" -> "1.0.0";
            case "CCERT" -> certificate ? "Installed" : "Not Installed";
            case "IP", "EXTIP" -> "127.0.0.1";
            case "PRVST" -> memory.prvst();
            case "PRVTMR" -> Long.toString(memory.prvtmrSeconds());
            case "UPGST" -> memory.upgst();
            case "UPGTMR" -> Long.toString(memory.upgtmrSeconds());
            case "REGTMR1", "REGTMR2", "ISCUST" -> "0";
            case "ERR" -> memory.lastError();
            case "UPGERR" -> memory.lastUpgradeError();
            case "UPGCOND" -> "1";
            default -> register(name);
        };
    }

    private @Nullable String register(String name) {
        if (name.length() == 1 && name.charAt(0) >= 'A' && name.charAt(0) <= 'P') {
            return memory.parameters().get("GPP_" + name);
        }
        return USER_ID.matcher(name).matches() ? memory.parameters().get("User_ID_" + name.substring(3) + "_") : null;
    }

    String expand(String text) {
        return MacroText.expand(text, this);
    }

    /** Inside {@code --key}, and on some families inside {@code --uid} and {@code --pwd}, the secret registers count too. */
    String expandWithSecrets(String text) {
        return MacroText.expand(text, name -> {
            boolean secret = SECRET_REGISTER.matcher(name).matches()
                    && identity.model().family().has(PhoneTrait.SECRET_REGISTERS);
            return secret ? memory.parameters().get("GPP_" + name) : value(name);
        });
    }

    /** The User-Agent of this generation (section 5.1). */
    String userAgent() {
        boolean mpp = identity.model().family() == PhoneFamily.MPP;
        String template = mpp
                ? memory.parameters().get("HTTP_User_Agent_Name")
                : identity.model().family().userAgent();
        return MacroText.expand(template, name -> mpp && name.equals("VERSION") ? mppVersion() : value(name));
    }

    /** {@code Cisco-CP-8841-3PCC/11.0.1}; a third number that is 0 is left out. */
    private String mppVersion() {
        String version = memory.softwareVersion()
                .replaceFirst("^[A-Za-z][A-Za-z0-9_]*\\.", "")
                .replaceFirst("^([0-9]+)-([0-9]+)-([0-9]+).*$", "$1.$2.$3")
                .replaceFirst("^([0-9]+\\.[0-9]+)\\.0$", "$1");
        return "Cisco-" + identity.model().productNumber() + "/" + version;
    }
}
