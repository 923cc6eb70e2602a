package dev.provhub.emulator;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Parameters, version and counters of one phone, and what its macros say of them (section 4.2). Thread-safe. */
final class PhoneMemory implements RuleEvaluator.Registers {

    private final PhoneIdentity identity;
    private final PhoneClock clock;
    private final ConcurrentMap<String, String> parameters = new ConcurrentHashMap<>();
    private volatile String softwareVersion;
    private volatile int resyncCause;
    private volatile int upgradeAttempt = 1;
    private volatile double lastResync;
    private volatile double lastUpgrade;
    private volatile String upgradeError = "";

    PhoneMemory(PhoneIdentity identity, String softwareVersion, PhoneClock clock) {
        this.identity = identity;
        this.softwareVersion = softwareVersion;
        this.clock = clock;
        this.lastResync = clock.seconds();
        this.lastUpgrade = clock.seconds();
        factoryReset();
    }

    private void factoryReset() {
        PhoneFamily family = identity.model().family();
        parameters.putAll(Map.of(
                "Provision_Enable", "Yes",
                "Resync_On_Reset", "Yes",
                "Resync_Random_Delay", "2",
                "Resync_Periodic", "3600",
                "Resync_Error_Retry_Delay", family.defaultErrorRetryDelay(),
                "Resync_Fails_On_FNF", "Yes",
                "Resync_After_Upgrade_Attempt", "Yes",
                "Upgrade_Enable", "Yes",
                "Upgrade_Error_Retry_Delay", "3600",
                "Profile_Rule", family.defaultProfileRule()));
    }

    PhoneIdentity identity() {
        return identity;
    }

    String softwareVersion() {
        return softwareVersion;
    }

    void runs(String version) {
        softwareVersion = version;
    }

    /** The value, empty text where nothing set it. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    boolean isYes(String name) {
        return parameter(name).toLowerCase(Locale.ROOT).equals("yes");
    }

    /** Sets what this firmware has; returns whether it is another value now. */
    boolean set(String name, String value) {
        if (name.matches("GPP_S[A-D]") && !identity.model().family().hasSecretRegisters()) {
            return false;
        }
        return !value.equals(Optional.ofNullable(parameters.put(name, value)).orElse(""));
    }

    /** {@code $PRVST} of the resync that begins. */
    void resyncCause(int cause) {
        resyncCause = cause;
    }

    /** The attempt that ran until now is the previous one; {@code startedAt} in phone seconds. */
    void resyncAttempted(double startedAt) {
        lastResync = startedAt;
    }

    /** {@code $UPGST} of the upgrade that begins: 1 for the first attempt, 2 for a retry. */
    void upgradeAttempt(int attempt) {
        upgradeAttempt = attempt;
    }

    void upgradeAttempted(double startedAt, String error) {
        lastUpgrade = startedAt;
        upgradeError = error;
    }

    @Override
    public void assign(String parameter, String value) {
        set(parameter, value);
    }

    @Override
    public Optional<String> secret(String name) {
        boolean known = name.matches("S[A-D]") && identity.model().family().hasSecretRegisters();
        return known ? Optional.of(parameter("GPP_" + name)) : Optional.empty();
    }

    @Override
    public Optional<String> macro(String name) {
        if (name.matches("[A-P]")) {
            return Optional.of(parameter("GPP_" + name));
        } else if (name.matches("UID\\d{1,2}")) {
            return Optional.of(parameter("User_ID_" + name.substring(3) + "_"));
        }
        return Optional.ofNullable(ofIdentity(name)).or(() -> Optional.ofNullable(ofState(name)));
    }

    private @Nullable String ofIdentity(String name) {
        return switch (name) {
            case "MA" -> identity.mac();
            case "MAU" -> identity.mac().toUpperCase(Locale.ROOT);
            case "MAC" -> identity.mac().replaceAll("(..)(?!$)", "$1:");
            case "PN" -> identity.model().productName();
            case "PSN" -> identity.model().series();
            case "SN" -> identity.serial();
            case "CCERT" -> identity.hasCertificate() ? "Installed" : "Not Installed";
            case "IP", "EXTIP" -> "127.0.0.1";
            case "HWVER" -> "1.0.0";
            case "ISCUST" -> "0";
            default -> null;
        };
    }

    private @Nullable String ofState(String name) {
        return switch (name) {
            case "SWVER" -> softwareVersion;
            case "PRVST" -> Integer.toString(resyncCause);
            case "UPGST" -> Integer.toString(upgradeAttempt);
            case "PRVTMR" -> Long.toString((long) (clock.seconds() - lastResync));
            case "UPGTMR" -> Long.toString((long) (clock.seconds() - lastUpgrade));
            case "REGTMR1", "REGTMR2" -> "0";
            case "UPGERR" -> upgradeError;
            // Known names without a value while no request runs; else "$PORT" would be $P and "ORT"
            case "ERR", "SCHEME", "METH", "SERV", "SERVIP", "PORT", "PATH", "EMS" -> "";
            default -> null;
        };
    }
}
