package dev.provhub.emulator;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * When a phone does something.
 *
 * <pre>
 * power on --random delay--> resync --ok--> Upgrade_Rule --nothing--> Resync_Periodic --.
 *                              ^  |              |                                       |
 *                              |  '--failed--> error list --.     flashed: reboot,       |
 *                              '------------------------------------ random delay -------'
 * </pre>
 *
 * Lines are always idle, so nothing is put off. A change of a parameter causes no reboot.
 */
final class PhoneLife {
    private static final Duration RANDOM_DELAY_UNIT = Duration.ofSeconds(20);
    /** Flashing and starting again; not documented. */
    private static final Duration REBOOT = Duration.ofSeconds(30);

    private final PhoneModel model;
    private final PhoneMemory memory;
    private final PhoneClock clock;
    private final RandomGenerator random;
    private final Consumer<PhoneEvent> events;
    private final Resync resync;
    private final Upgrade upgrade;
    private final PhoneTimer resyncTimer;
    private final PhoneTimer upgradeTimer;
    private int failuresInARow;
    private int successesInARow;
    private int failedUpgradesInARow;
    private boolean syncedOnce;

    PhoneLife(Workshop workshop, Resync resync, PhoneClock clock, RandomGenerator random, OneAtATime jobs) {
        this.model = workshop.model();
        this.memory = workshop.memory();
        this.events = workshop.events();
        this.resync = resync;
        this.upgrade = new Upgrade(workshop);
        this.clock = clock;
        this.random = random;
        this.resyncTimer = new PhoneTimer(clock, jobs);
        this.upgradeTimer = new PhoneTimer(clock, jobs);
    }

    void powerOn() {
        events.accept(new PhoneEvent.Booted(memory.softwareVersion()));
        if (memory.parameters().isYes("Resync_On_Reset")) {
            afterRandomDelay(ResyncReason.POWER_UP);
        }
    }

    void switchOff() {
        resyncTimer.switchOff();
        upgradeTimer.switchOff();
    }

    void resync(ResyncReason reason) {
        resyncTimer.cancel();
        if (!memory.parameters().isYes("Provision_Enable")) {
            return;
        }
        memory.resyncBegins(reason, clock.elapsed());
        if (resync.run(reason)) {
            succeeded(reason);
        } else {
            failed();
        }
    }

    private void succeeded(ResyncReason reason) {
        syncedOnce = true;
        failuresInARow = 0;
        successesInARow = reason == ResyncReason.TIMER ? successesInARow + 1 : 0;
        memory.lastError("");
        armRegular();
        upgrade(false);
    }

    private void failed() {
        successesInARow = 0;
        Optional<Duration> delay = delays("Resync_Error_Retry_Delay").at(failuresInARow++, random);
        if (delay.isPresent()) {
            waitFor(resyncTimer, delay.get(), "retry after failure", () -> resync(ResyncReason.RETRY));
        } else if (syncedOnce) {
            armRegular();
        }
    }

    /** {@code Resync_At__HHmm_}, or else the periodic timer. */
    private void armRegular() {
        Parameters parameters = memory.parameters();
        Optional<Duration> untilTime = DailyTime.parse(parameters.get("Resync_At__HHmm_"))
                .map(time -> time.from(clock.instant(), parameters.number("Resync_At_Random_Delay", 600), random));
        Optional<Duration> delay =
                untilTime.isPresent() ? untilTime : delays("Resync_Periodic").at(successesInARow, random);
        delay.ifPresent(time -> waitFor(resyncTimer, time, "next resync", () -> resync(ResyncReason.TIMER)));
    }

    private void upgrade(boolean retry) {
        switch (upgrade.run(retry, clock)) {
            case FLASHED -> rebootAfterUpgrade();
            case FAILED -> upgradeFailed();
            case NOTHING -> {
                // The regular timer is armed already
            }
        }
    }

    private void rebootAfterUpgrade() {
        failedUpgradesInARow = 0;
        resyncTimer.cancel();
        upgradeTimer.cancel();
        waitFor(resyncTimer, REBOOT, "reboot with new firmware", () -> {
            events.accept(new PhoneEvent.Booted(memory.softwareVersion()));
            if (memory.parameters().isYes("Resync_After_Upgrade_Attempt")) {
                afterRandomDelay(ResyncReason.AFTER_UPGRADE);
            } else {
                armRegular();
            }
        });
    }

    private void upgradeFailed() {
        Optional<Duration> delay = delays("Upgrade_Error_Retry_Delay").at(failedUpgradesInARow++, random);
        if (delay.isPresent()) {
            waitFor(upgradeTimer, delay.get(), "next upgrade attempt", () -> upgrade(true));
        } else {
            upgrade.giveUp();
        }
        if (memory.parameters().isYes("Resync_After_Upgrade_Attempt")) {
            resync(ResyncReason.AFTER_UPGRADE);
        }
    }

    private void afterRandomDelay(ResyncReason reason) {
        long most = RANDOM_DELAY_UNIT.toMillis() * memory.parameters().number("Resync_Random_Delay", 0);
        Duration delay = most == 0 ? Duration.ZERO : Duration.ofMillis(random.nextLong(most + 1));
        waitFor(resyncTimer, delay, "random delay", () -> resync(reason));
    }

    private DelayList delays(String parameter) {
        return DelayList.parse(
                memory.parameters().get(parameter), model.family().has(PhoneTrait.DELAY_LISTS));
    }

    private void waitFor(PhoneTimer timer, Duration delay, String why, Runnable then) {
        if (!delay.isZero()) {
            events.accept(new PhoneEvent.Waiting(delay, why));
        }
        timer.arm(delay, then);
    }
}
