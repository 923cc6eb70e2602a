package dev.provhub.emulator;

import dev.provhub.emulator.transport.PhoneUrl;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a phone remembers between its attempts. Written by the phone's own work only; read from anywhere. */
final class PhoneMemory {
    private final Parameters parameters;
    private final boolean wornOut;
    private volatile String softwareVersion;
    private volatile boolean secured;
    private volatile Customization customization = Customization.OPEN;
    private volatile String lastError = "";
    private volatile String lastUpgradeError = "";
    private volatile String prvst = "0";
    private volatile String upgst = "1";
    private volatile Duration prvtmr = Duration.ZERO;
    private volatile Duration upgtmr = Duration.ZERO;
    private volatile @Nullable Duration lastResync;
    private volatile @Nullable Duration lastUpgrade;
    private volatile @Nullable PhoneUrl transfer;
    private volatile String upgradedFrom = "";
    private @Nullable Set<String> changedHere;

    PhoneMemory(PhoneIdentity identity, ParameterTable table, boolean wornOut) {
        this.wornOut = wornOut;
        this.parameters = new Parameters(identity.model(), table);
        this.softwareVersion = identity.softwareVersion();
    }

    Parameters parameters() {
        return parameters;
    }

    /** The request in progress, or the last one: for {@code $SCHEME}, {@code $SERV} and their like. */
    void transferBegins(PhoneUrl url) {
        transfer = url;
    }

    /** Null before the first. */
    @Nullable
    PhoneUrl transfer() {
        return transfer;
    }

    /** Begins an attempt: {@code $PRVTMR} is the time since the one before, and stays so until the next. */
    void resyncBegins(ResyncReason reason, Duration now) {
        prvst = reason.macro();
        timerLooked(now);
        lastResync = now;
    }

    /** Time since the last attempt; zero before the first. */
    Duration sinceResync(Duration now) {
        Duration before = lastResync;
        return before == null ? Duration.ZERO : now.minus(before);
    }

    /** What {@code $PRVTMR} and {@code $UPGTMR} are while no attempt runs. */
    void timerLooked(Duration now) {
        prvtmr = sinceResync(now);
        Duration before = lastUpgrade;
        upgtmr = before == null ? Duration.ZERO : now.minus(before);
    }

    /** Before a rule is evaluated: {@code $UPGST} and {@code $UPGTMR} may stand in it. */
    void upgradeLooked(boolean retry, Duration now) {
        upgst = retry ? "2" : "1";
        timerLooked(now);
    }

    /** Begins an attempt. */
    void upgradeBegins(Duration now) {
        lastUpgrade = now;
    }

    /** The URL that an upgrade has acted on, which is not fetched again. */
    String upgradedFrom() {
        return upgradedFrom;
    }

    void upgradedFrom(String url) {
        upgradedFrom = url;
    }

    void flashed(String version) {
        softwareVersion = version;
        lastError = version;
        lastUpgradeError = "";
    }

    void upgradeFailed(String error) {
        lastError = error;
        lastUpgradeError = error;
    }

    /** Whether it can flash no firmware any more. */
    boolean isWornOut() {
        return wornOut;
    }

    void lastError(String error) {
        lastError = error;
    }

    void secured(boolean sealed) {
        secured = sealed;
    }

    void customization(Customization state) {
        customization = state;
    }

    Customization customization() {
        return customization;
    }

    /** A user, or a rule, has set a parameter: a delta report tells of it. */
    synchronized void changedHere(String parameter) {
        if (changedHere == null) {
            changedHere = new TreeSet<>();
        }
        changedHere.add(parameter);
    }

    synchronized Set<String> changedHere() {
        return changedHere == null ? Set.of() : Set.copyOf(changedHere);
    }

    /** After a resync, reboot or upgrade. */
    synchronized void changesTold() {
        changedHere = null;
    }

    /** All but firmware and what the factory wrote. */
    void factoryReset() {
        parameters.clear();
        secured = false;
        customization = Customization.OPEN;
        lastError = "";
        lastUpgradeError = "";
        upgradedFrom = "";
        lastResync = null;
        lastUpgrade = null;
        changesTold();
    }

    void restore(String version, boolean wasSecured, Customization state, String upgraded) {
        softwareVersion = version;
        secured = wasSecured;
        customization = state;
        upgradedFrom = upgraded;
    }

    String softwareVersion() {
        return softwareVersion;
    }

    boolean secured() {
        return secured;
    }

    String lastError() {
        return lastError;
    }

    String lastUpgradeError() {
        return lastUpgradeError;
    }

    String prvst() {
        return prvst;
    }

    String upgst() {
        return upgst;
    }

    long prvtmrSeconds() {
        return prvtmr.toSeconds();
    }

    long upgtmrSeconds() {
        return upgtmr.toSeconds();
    }
}
