package dev.provhub.emulator;

import dev.provhub.emulator.rule.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a phone does something.
 *
 * <pre>
 * power on --random delay--> resync --ok--> reboot if a parameter needs it --> Upgrade_Rule --nothing--> Resync_Periodic --.
 *                              ^  |                                               |                                         |
 *                              |  '--failed--> error list --.     flashed: reboot, random delay                             |
 *                              '------------------------------------------------------------------------------------------'
 * </pre>
 *
 * Resyncs and upgrades wait while a line is in a call; a resync no longer than {@code Forced_Resync_Delay}.
 */
final class PhoneLife {
    private static final Duration RANDOM_DELAY_UNIT = Duration.ofSeconds(20);
    /** Flashing and starting again; not documented. */
    private static final Duration REBOOT = Duration.ofSeconds(30);
    /** How often a phone looks at {@code Resync_Trigger_1} and {@code _2}; not documented. */
    private static final Duration TRIGGER_LOOK = Duration.ofSeconds(10);

    private static final String RESYNC = "resync";
    private static final String UPGRADE = "upgrade";
    private static final String REPORT = "report";
    private static final String FACTORY_RESET = "factory reset";

    private final Workshop workshop;
    private final PhoneMemory memory;
    private final PhoneLines lines;
    private final Resync resync;
    private final Upgrade upgrade;
    private final Reports reports;
    private final RemoteCustomization customization;
    private final Agenda agenda;
    private final PhoneTimer bootTimer;
    private final PhoneTimer resyncTimer;
    private final PhoneTimer upgradeTimer;
    private final PhoneTimer forceTimer;
    private final PhoneTimer triggerTimer;
    private final PhoneTimer reportTimer;
    /** What was told of each trigger last, so that only changes are told. */
    private final String[] toldTriggers = {"", ""};

    private int failuresInARow;
    private int successesInARow;
    private int failedUpgradesInARow;
    private boolean syncedOnce;

    PhoneLife(
            Workshop workshop,
            PhoneLines lines,
            Resync resync,
            Reports reports,
            RemoteCustomization customization,
            OneAtATime jobs) {
        this.workshop = workshop;
        this.memory = workshop.memory();
        this.lines = lines;
        this.resync = resync;
        this.upgrade = new Upgrade(workshop);
        this.reports = reports;
        this.customization = customization;
        this.agenda = new Agenda(lines);
        this.bootTimer = new PhoneTimer(workshop.clock(), jobs);
        this.resyncTimer = new PhoneTimer(workshop.clock(), jobs);
        this.upgradeTimer = new PhoneTimer(workshop.clock(), jobs);
        this.forceTimer = new PhoneTimer(workshop.clock(), jobs);
        this.triggerTimer = new PhoneTimer(workshop.clock(), jobs);
        this.reportTimer = new PhoneTimer(workshop.clock(), jobs);
    }

    private Iterable<PhoneTimer> timers() {
        return List.of(bootTimer, resyncTimer, upgradeTimer, forceTimer, triggerTimer, reportTimer);
    }

    // Starting and stopping

    void powerOn() {
        workshop.tell(new PhoneEvent.Booted(memory.softwareVersion()));
        agenda.clear();
        timers().forEach(PhoneTimer::cancel);
        failuresInARow = 0;
        successesInARow = 0;
        failedUpgradesInARow = 0;
        syncedOnce = false;
        upgrade.startsAnew();
        armTrigger();
        armReport();
        if (customization.comesFirst()) {
            afterRandomDelay(() -> agenda.add(
                    "remote customization",
                    done -> customization.ask(came -> {
                        resync(ResyncReason.POWER_UP);
                        done.run();
                    })));
        } else if (memory.parameters().isYes("Resync_On_Reset")) {
            afterRandomDelay(() -> resync(ResyncReason.POWER_UP));
        } else {
            workshop.tell(new PhoneEvent.Declined(RESYNC, "Resync_On_Reset is No"));
            upgrade(false);
        }
    }

    /** Has been on for long; the timer runs out after this. */
    void goOn(Duration nextResync) {
        syncedOnce = true;
        armTrigger();
        armReport();
        waitFor(resyncTimer, nextResync, "next resync", () -> resync(ResyncReason.TIMER));
    }

    void switchOff() {
        agenda.clear();
        timers().forEach(PhoneTimer::switchOff);
    }

    void reboot(String why) {
        agenda.add("reboot", done -> {
            workshop.tell(new PhoneEvent.Rebooting(why));
            memory.changesTold();
            startAgain(done);
        });
    }

    /** Has no power for a time, once a transfer that runs is over. */
    void powerCut(Duration howLong) {
        agenda.add("power cut", done -> {
            workshop.tell(new PhoneEvent.Rebooting("its power is cut"));
            startAgain(howLong.plus(REBOOT), done);
        });
    }

    private void startAgain(Runnable done) {
        startAgain(REBOOT, done);
    }

    /** Ends calls and timers; what was wanted meanwhile is forgotten, but for a factory reset. */
    private void startAgain(Duration delay, Runnable done) {
        timers().forEach(PhoneTimer::cancel);
        lines.call(false);
        bootTimer.arm(delay, () -> {
            boolean forget = agenda.holds(FACTORY_RESET);
            agenda.clear();
            done.run();
            powerOn();
            if (forget) {
                factoryReset();
            }
        });
    }

    /** Forgets all that was given and starts again, once a transfer that runs is over. */
    void factoryReset() {
        agenda.add(FACTORY_RESET, done -> {
            memory.factoryReset();
            customization.reset();
            resync.factoryReset();
            workshop.tell(new PhoneEvent.FactoryReset());
            startAgain(done);
        });
    }

    void call(boolean begins) {
        lines.call(begins);
        if (!begins) {
            forceTimer.cancel();
            agenda.idle();
        }
    }

    // Resyncs

    void resync(ResyncReason reason) {
        if (reason != ResyncReason.RETRY && reason != ResyncReason.EXPLICIT && isHeldBack()) {
            workshop.tell(new PhoneEvent.Declined(RESYNC, "neither Resync_Trigger_1 nor Resync_Trigger_2 is true"));
            armRegular();
            return;
        }
        begin(done -> {
            resyncTimer.cancel();
            memory.resyncBegins(reason, workshop.clock().elapsed());
            resync.run(reason, outcome -> ended(reason, outcome, done));
        });
    }

    /** Follows one rule that is not stored. */
    void resyncTo(String rule) {
        begin(done -> {
            memory.resyncBegins(ResyncReason.EXPLICIT, workshop.clock().elapsed());
            resync.runOnce(rule, outcome -> {
                if (outcome.good()) {
                    ended(ResyncReason.EXPLICIT, outcome, done);
                } else {
                    done.run();
                }
            });
        });
    }

    private void begin(Agenda.Task task) {
        if (!memory.parameters().isYes("Provision_Enable")) {
            workshop.tell(new PhoneEvent.Declined(RESYNC, "Provision_Enable is No"));
            upgrade(false);
            return;
        }
        if (!agenda.addWhenIdle(RESYNC, task)) {
            Duration longest = Duration.ofSeconds(memory.parameters().number("Forced_Resync_Delay", 0));
            workshop.tell(new PhoneEvent.PutOff(
                    RESYNC,
                    "a line is in a call"
                            + (longest.isZero()
                                    ? ""
                                    : "; for no longer than Forced_Resync_Delay, " + longest.toSeconds() + " s")));
            if (!longest.isZero() && !forceTimer.isArmed()) {
                forceTimer.arm(longest, () -> agenda.force(RESYNC));
            }
        }
    }

    private void ended(ResyncReason reason, Resync.Outcome outcome, Runnable done) {
        if (outcome.good()) {
            succeeded(reason, outcome.changed(), done);
        } else if (customization.comesAfterFailure()) {
            agenda.add(
                    "remote customization",
                    then -> customization.ask(came -> {
                        if (came) {
                            resync(ResyncReason.POWER_UP);
                        } else {
                            failed();
                        }
                        then.run();
                    }));
            done.run();
        } else {
            failed();
            done.run();
        }
    }

    private void succeeded(ResyncReason reason, List<String> changed, Runnable done) {
        syncedOnce = true;
        failuresInARow = 0;
        successesInARow = reason == ResyncReason.TIMER ? successesInARow + 1 : 0;
        customization.resynced();
        memory.lastError("");
        memory.changesTold();
        armRegular();
        armTrigger();
        armReport();
        Optional<String> cause = RebootCauses.among(changed);
        if (cause.isPresent()) {
            restartFor(cause.get(), done);
        } else {
            upgrade(false);
            done.run();
        }
    }

    /** Such a reboot starts no resync, and timers that were armed go on after it. */
    private void restartFor(String parameter, Runnable done) {
        workshop.tell(new PhoneEvent.Rebooting(parameter + " was changed"));
        lines.call(false);
        bootTimer.arm(REBOOT, () -> {
            workshop.tell(new PhoneEvent.Booted(memory.softwareVersion()));
            upgrade(false);
            done.run();
        });
    }

    private void failed() {
        successesInARow = 0;
        Optional<Duration> delay = delays("Resync_Error_Retry_Delay").at(failuresInARow++, workshop.random());
        if (delay.isPresent()) {
            waitFor(resyncTimer, delay.get(), PhoneEvent.RETRY, () -> resync(ResyncReason.RETRY));
        } else {
            workshop.tell(new PhoneEvent.Declined("retry", "Resync_Error_Retry_Delay is 0 or empty"));
            if (syncedOnce) {
                armRegular();
            }
        }
        upgrade(false);
    }

    /** {@code Resync_At__HHmm_}, or else the periodic timer. */
    private void armRegular() {
        Parameters parameters = memory.parameters();
        Optional<Duration> untilTime = DailyTime.parse(parameters.get("Resync_At__HHmm_"))
                .map(time -> time.from(
                        workshop.date().now(), parameters.number("Resync_At_Random_Delay", 600), workshop.random()));
        Optional<Duration> delay =
                untilTime.isPresent() ? untilTime : delays("Resync_Periodic").at(successesInARow, workshop.random());
        delay.ifPresent(time -> waitFor(resyncTimer, time, "next resync", () -> resync(ResyncReason.TIMER)));
    }

    // Resync_Trigger_1 and _2

    private boolean isHeldBack() {
        return workshop.model().family().has(PhoneTrait.TRIGGER_GATES) && hasTriggers() && !isTriggered();
    }

    private boolean hasTriggers() {
        return !trigger(1).isEmpty() || !trigger(2).isEmpty();
    }

    private boolean isTriggered() {
        memory.timerLooked(workshop.clock().elapsed());
        boolean first = isTrue(1);
        boolean second = isTrue(2);
        return first || second;
    }

    /** What begins with a number sign counts as empty. */
    private String trigger(int number) {
        String text = memory.parameters().get("Resync_Trigger_" + number).strip();
        return text.startsWith("#") ? "" : text;
    }

    private boolean isTrue(int number) {
        String condition = trigger(number);
        if (condition.isEmpty()) {
            return false;
        }
        Condition.Finding finding = Condition.parse(condition).look(workshop.facts());
        String now = condition + finding.holds();
        if (!now.equals(toldTriggers[number - 1])) {
            toldTriggers[number - 1] = now;
            workshop.tell(new PhoneEvent.Evaluated(
                    "Resync_Trigger_" + number,
                    List.of((finding.holds() ? "is true: " : "is false: ") + finding.why() + hint(condition))));
        }
        return finding.holds();
    }

    private static String hint(String condition) {
        return condition.startsWith("(") ? " (a trigger stands without parentheses)" : "";
    }

    private void armTrigger() {
        if (hasTriggers() && !workshop.model().family().has(PhoneTrait.TRIGGER_GATES)) {
            triggerTimer.arm(TRIGGER_LOOK, () -> {
                if (isTriggered()) {
                    resync(ResyncReason.TIMER);
                }
                armTrigger();
            });
        } else {
            triggerTimer.cancel();
        }
    }

    // Upgrades

    private void upgrade(boolean retry) {
        beginUpgrade(done -> upgrade.run(retry, outcome -> upgraded(outcome, done)));
    }

    /** Follows a URL that is not stored. */
    void upgradeTo(String url) {
        beginUpgrade(done -> upgrade.runOnce(url, outcome -> {
            if (outcome == Upgrade.Outcome.FAILED) {
                resyncAfterAttempt();
                done.run();
            } else {
                upgraded(outcome, done);
            }
        }));
    }

    private void beginUpgrade(Agenda.Task task) {
        if (!agenda.addWhenIdle(UPGRADE, task)) {
            workshop.tell(new PhoneEvent.PutOff(UPGRADE, "a line is in a call"));
        }
    }

    private void upgraded(Upgrade.Outcome outcome, Runnable done) {
        switch (outcome) {
            case FLASHED -> rebootAfterUpgrade(done);
            case FAILED -> {
                upgradeFailed();
                done.run();
            }
            case NOTHING -> done.run();
        }
    }

    private void rebootAfterUpgrade(Runnable done) {
        failedUpgradesInARow = 0;
        resyncTimer.cancel();
        upgradeTimer.cancel();
        waitFor(bootTimer, REBOOT, "reboot with new firmware", () -> {
            workshop.tell(new PhoneEvent.Booted(memory.softwareVersion()));
            if (memory.parameters().isYes("Resync_After_Upgrade_Attempt")) {
                afterRandomDelay(() -> resync(ResyncReason.AFTER_UPGRADE));
            } else {
                armRegular();
            }
            done.run();
        });
    }

    private void upgradeFailed() {
        Optional<Duration> delay = delays("Upgrade_Error_Retry_Delay").at(failedUpgradesInARow++, workshop.random());
        if (delay.isPresent()) {
            waitFor(upgradeTimer, delay.get(), "next upgrade attempt", () -> upgrade(true));
        } else {
            upgrade.giveUp();
        }
        resyncAfterAttempt();
    }

    private void resyncAfterAttempt() {
        if (memory.parameters().isYes("Resync_After_Upgrade_Attempt")) {
            resync(ResyncReason.AFTER_UPGRADE);
        }
    }

    // Reports

    void report() {
        if (reports.isWanted()) {
            agenda.add(REPORT, reports::run);
        } else {
            workshop.tell(new PhoneEvent.Declined(REPORT, "Report_Rule is empty"));
        }
    }

    /** Somebody has set a parameter on the phone itself. */
    void changedHere(String parameter) {
        memory.changedHere(parameter);
        if (memory.parameters().get("Report_To_Server").equals("On Local Change") && reports.isWanted()) {
            long seconds = memory.parameters().number("Upload_Delay_On_Local_Change", 60);
            waitFor(reportTimer, Duration.ofSeconds(seconds), "report of a local change", this::report);
        }
    }

    private void armReport() {
        if (memory.parameters().get("Report_To_Server").equals("Periodically") && reports.isWanted()) {
            Duration period = Duration.ofSeconds(memory.parameters().number("Periodic_Upload_To_Server", 3600));
            if (!reportTimer.isArmed()) {
                waitFor(reportTimer, period, "next report", () -> {
                    report();
                    armReport();
                });
            }
        }
    }

    // Waiting

    private void afterRandomDelay(Runnable then) {
        long most = RANDOM_DELAY_UNIT.toMillis() * memory.parameters().number("Resync_Random_Delay", 0);
        Duration delay =
                most == 0 ? Duration.ZERO : Duration.ofMillis(workshop.random().nextLong(most + 1));
        waitFor(resyncTimer, delay, "random delay", then);
    }

    private DelayList delays(String parameter) {
        return DelayList.parse(
                memory.parameters().get(parameter), workshop.model().family().has(PhoneTrait.DELAY_LISTS));
    }

    private void waitFor(PhoneTimer timer, Duration delay, String why, Runnable then) {
        if (!delay.isZero()) {
            workshop.tell(new PhoneEvent.Waiting(delay, why));
        }
        timer.arm(delay, then);
    }
}
