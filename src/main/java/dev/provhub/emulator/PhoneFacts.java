package dev.provhub.emulator;

import dev.provhub.emulator.rule.Alternative;
import dev.provhub.emulator.rule.MacroText;
import dev.provhub.emulator.rule.MacroValues;
import dev.provhub.emulator.transport.PhoneUrl;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The macros of section 4.2 as this phone knows them. It has no SIP account that registers: see {@link PhoneLines}. */
final class PhoneFacts implements MacroValues {
    private static final Pattern USER_ID = Pattern.compile("UID[1-9][0-9]?");
    private static final Pattern SECRET_REGISTER = Pattern.compile("S[A-D]");
    private static final String HARDWARE = "1.0.0";
    private static final String ADDRESS = "127.0.0.1";
    /** The release of SPA504G that leaves its model out. */
    private static final String NAMELESS = "7.4.3a";

    private final PhoneIdentity identity;
    private final PhoneMemory memory;
    private final PhoneLines lines;
    private final boolean certificate;

    PhoneFacts(PhoneIdentity identity, PhoneMemory memory, PhoneLines lines, boolean certificate) {
        this.identity = identity;
        this.memory = memory;
        this.lines = lines;
        this.certificate = certificate;
    }

    @Override
    public @Nullable String value(String name) {
        return switch (name) {
            case "MA" -> identity.mac();
            case "MAU" -> identity.macUpper();
            case "MAC" -> identity.macWithColons();
            case "PN" -> identity.model().productNumber();
            case "PSN" -> isNameless() ? "" : identity.model().productSeries();
            case "SN" -> identity.serial();
            case "SWVER" -> memory.softwareVersion();
            case "HWVER" -> HARDWARE;
            case "CCERT" -> certificate ? "Installed" : "Not Installed";
            case "IP", "EXTIP" -> ADDRESS;
            case "PRVST" -> memory.prvst();
            case "PRVTMR" -> Long.toString(memory.prvtmrSeconds());
            case "UPGST" -> memory.upgst();
            case "UPGTMR" -> Long.toString(memory.upgtmrSeconds());
            case "REGTMR1" -> seconds(lines.unregisteredFor(1));
            case "REGTMR2" -> seconds(lines.unregisteredFor(2));
            case "ISCUST" -> memory.customization() == Customization.ACQUIRED ? "1" : "0";
            case "ERR" -> memory.lastError();
            case "UPGERR" -> memory.lastUpgradeError();
            case "UPGCOND" -> "1";
            default -> registerOrTransfer(name);
        };
    }

    private static String seconds(Duration time) {
        return Long.toString(time.toSeconds());
    }

    /** 7.4.3a on SPA504G, which asks a path without its model. */
    private boolean isNameless() {
        return identity.model() == PhoneModel.SPA504G
                && memory.softwareVersion().equals(NAMELESS);
    }

    private @Nullable String registerOrTransfer(String name) {
        if (name.length() == 1 && name.charAt(0) >= 'A' && name.charAt(0) <= 'P') {
            return memory.parameters().get("GPP_" + name);
        }
        if (USER_ID.matcher(name).matches()) {
            return memory.parameters().get("User_ID_" + name.substring(3) + "_");
        }
        PhoneUrl transfer = memory.transfer();
        return transfer == null ? null : part(transfer, name);
    }

    private static @Nullable String part(PhoneUrl transfer, String name) {
        return switch (name) {
            case "SCHEME", "METH" -> transfer.scheme().text();
            case "SERV" -> transfer.host();
            case "SERVIP" -> address(transfer.host());
            case "PORT" -> Integer.toString(transfer.port());
            case "PATH" -> transfer.path();
            default -> null;
        };
    }

    /** Looked up when it is asked for; the name itself when nobody knows it. */
    private static String address(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .map(InetAddress::getHostAddress)
                    .orElse(host);
        } catch (UnknownHostException e) {
            return host;
        }
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

    /** {@code --uid} and {@code --pwd} with a colon between; empty when the rule has none. */
    Optional<String> login(Alternative alternative) {
        return alternative.option("uid").map(uid -> {
            String both = uid + ":" + alternative.option("pwd").orElse("");
            return identity.model().family().has(PhoneTrait.SECRET_LOGINS) ? expandWithSecrets(both) : expand(both);
        });
    }

    /** The User-Agent of this generation (section 5.1). */
    String userAgent() {
        if (isNameless()) {
            return "Linksys/" + identity.model().productNumber() + "-" + NAMELESS;
        }
        boolean template = identity.model().family().has(PhoneTrait.MULTIPLATFORM);
        String text = template
                ? memory.parameters().get("HTTP_User_Agent_Name")
                : identity.model().family().userAgent();
        return MacroText.expand(
                text, name -> template && name.equals("VERSION") ? multiplatformVersion() : value(name));
    }

    /** {@code Cisco-CP-8841-3PCC/11.0.1}; a third number that is 0 is left out. */
    private String multiplatformVersion() {
        String version = memory.softwareVersion()
                .replaceFirst("^[A-Za-z][A-Za-z0-9_]*\\.", "")
                .replaceFirst("^([0-9]+)-([0-9]+)-([0-9]+).*$", "$1.$2.$3")
                .replaceFirst("^([0-9]+\\.[0-9]+)\\.0$", "$1");
        return "Cisco-" + identity.model().productNumber() + "/" + version;
    }
}
