package dev.provhub.emulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a phone remembers between its attempts. Written by the phone's own work only; read from anywhere. */
final class PhoneMemory {
    private final Parameters parameters;
    private volatile String softwareVersion;
    private volatile boolean secured;
    private volatile String lastError = "";
    private volatile String lastUpgradeError = "";
    private volatile String prvst = "0";
    private volatile String upgst = "1";
    private volatile Duration prvtmr = Duration.ZERO;
    private volatile Duration upgtmr = Duration.ZERO;
    private volatile @Nullable Duration lastResync;
    private volatile @Nullable Duration lastUpgrade;

    PhoneMemory(PhoneIdentity identity) {
        this.parameters = new Parameters(identity.model());
        this.softwareVersion = identity.softwareVersion();
    }

    Parameters parameters() {
        return parameters;
    }

    /** Begins an attempt: {@code $PRVTMR} is the time since the one before, and stays so until the next. */
    void resyncBegins(ResyncReason reason, Duration now) {
        Duration before = lastResync;
        prvst = reason.macro();
        prvtmr = before == null ? Duration.ZERO : now.minus(before);
        lastResync = now;
    }

    /** As {@link #resyncBegins} for {@code $UPGST} and {@code $UPGTMR}. */
    void upgradeBegins(boolean retry, Duration now) {
        Duration before = lastUpgrade;
        upgst = retry ? "2" : "1";
        upgtmr = before == null ? Duration.ZERO : now.minus(before);
        lastUpgrade = now;
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

    void lastError(String error) {
        lastError = error;
    }

    void secured(boolean sealed) {
        secured = sealed;
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
