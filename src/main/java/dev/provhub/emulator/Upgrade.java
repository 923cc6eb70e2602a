package dev.provhub.emulator;

import dev.provhub.emulator.PhoneModel.FirmwareKind;
import java.util.Optional;
import java.util.function.Consumer;

/** Follows {@code Upgrade_Rule}: fetches an image, checks it and runs it (protocol section 6). Not thread-safe. */
final class Upgrade {

    /** How an attempt ended. */
    enum Result {
        NOTHING_TO_DO,
        UPGRADED,
        FAILED
    }

    private final PhoneMemory memory;
    private final PhoneRequests requests;
    private final RuleEvaluator evaluator;
    private final PhoneClock clock;
    private final Consumer<PhoneEvent> events;
    private String tried = "";

    Upgrade(
            PhoneMemory memory,
            PhoneRequests requests,
            RuleEvaluator evaluator,
            PhoneClock clock,
            Consumer<PhoneEvent> events) {
        this.memory = memory;
        this.requests = requests;
        this.evaluator = evaluator;
        this.clock = clock;
        this.events = events;
    }

    /** @param retry whether to try the URL once more that failed */
    Result run(boolean retry) {
        if (!memory.isYes("Upgrade_Enable")) {
            return Result.NOTHING_TO_DO;
        }
        double startedAt = clock.seconds();
        memory.upgradeAttempt(retry ? 2 : 1);
        try {
            Optional<PhoneUrl> url = url(retry);
            if (url.isEmpty()) {
                return Result.NOTHING_TO_DO;
            }
            upgrade(url.get());
            memory.upgradeAttempted(startedAt, "");
            return Result.UPGRADED;
        } catch (FetchException e) {
            memory.upgradeAttempted(startedAt, e.reason());
            events.accept(new PhoneEvent.UpgradeFailed(e.reason()));
            return Result.FAILED;
        }
    }

    /** The same rule with the same effective URL is acted on once. */
    private Optional<PhoneUrl> url(boolean retry) throws FetchException {
        String rule = memory.parameter("Upgrade_Rule");
        Optional<RuleEvaluator.Outcome> outcome = evaluator.evaluate(rule);
        if (outcome.isEmpty() || outcome.get().url().isEmpty()) {
            return Optional.empty();
        }
        String attempt = rule + "\n" + outcome.get().url();
        if (attempt.equals(tried) && !retry) {
            return Optional.empty();
        }
        tried = attempt;
        PhoneUrl url = PhoneUrl.parse(outcome.get().url());
        boolean running = url.fileName().equals(memory.softwareVersion() + ".loads");
        return running ? Optional.empty() : Optional.of(url);
    }

    private void upgrade(PhoneUrl url) throws FetchException {
        PhoneModel model = memory.identity().model();
        if (url.scheme().equals("https") && !model.family().firmwareOverHttps()) {
            throw new FetchException("firmware over https is not supported");
        }
        String from = memory.softwareVersion();
        events.accept(new PhoneEvent.UpgradeStarted(from, url.toString()));
        Transport.Fetched image = requests.get(url);
        String to = FirmwareCheck.version(model.firmwareKind(), url.fileName(), image.body());
        requireNoForbiddenDowngrade(to);
        if (model.firmwareKind() == FirmwareKind.LOADS) {
            for (String name : FirmwareCheck.loads(image.body())) {
                requests.get(url.sibling(name));
            }
        }
        memory.runs(to);
        events.accept(new PhoneEvent.Upgraded(from, to, image.url().scheme()));
    }

    private void requireNoForbiddenDowngrade(String to) throws FetchException {
        boolean below = PhoneVersion.parse(memory.parameter("Downgrade_Rev_Limit"))
                .flatMap(limit -> PhoneVersion.parse(to).flatMap(version -> version.compareWith(limit)))
                .map(order -> order < 0)
                .orElse(false);
        if (below) {
            throw new FetchException("version is below Downgrade_Rev_Limit");
        }
    }
}
