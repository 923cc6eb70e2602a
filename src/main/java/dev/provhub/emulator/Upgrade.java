package dev.provhub.emulator;

import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FileNameVersion;
import dev.provhub.emulator.firmware.ImageRefusedException;
import dev.provhub.emulator.firmware.LoadsFile;
import dev.provhub.emulator.rule.Alternative;
import dev.provhub.emulator.rule.FirmwareVersion;
import dev.provhub.emulator.rule.Rule;
import dev.provhub.emulator.rule.RuleSyntaxException;
import dev.provhub.emulator.transport.FetchResult;
import dev.provhub.emulator.transport.PhoneUrl;
import dev.provhub.emulator.transport.Scheme;
import java.util.Optional;

/**
 * Evaluates {@code Upgrade_Rule} and follows it (section 6). The effective URL that was acted on last is remembered and
 * not fetched again, so that a rule without a condition acts once; one that has failed waits for the retry timer, while
 * another URL is tried at once.
 */
final class Upgrade {
    private static final int LARGEST_FILE_BYTES = 64 << 20;

    private final PhoneModel model;
    private final PhoneMemory memory;
    private final PhoneFacts facts;
    private final Workshop workshop;
    private String actedOn = "";
    private String failed = "";

    Upgrade(Workshop workshop) {
        this.workshop = workshop;
        this.model = workshop.model();
        this.memory = workshop.memory();
        this.facts = workshop.facts();
    }

    /** What came of an evaluation. */
    enum Outcome {
        /** There was nothing to do, or not yet. */
        NOTHING,
        /** Another version is in flash: reboot. */
        FLASHED,
        /** Try again later. */
        FAILED
    }

    /**
     * Evaluates the rule.
     *
     * @param retry whether the retry timer asks
     */
    Outcome run(boolean retry, PhoneClock clock) {
        if (!memory.parameters().isYes("Upgrade_Enable")) {
            return Outcome.NOTHING;
        }
        String url = "";
        try {
            url = effectiveUrl();
            if (url.isEmpty() || url.equals(actedOn) || (url.equals(failed) && !retry)) {
                return Outcome.NOTHING;
            }
            PhoneUrl image = parse(url);
            if (isRunning(image)) {
                return Outcome.NOTHING;
            }
            memory.upgradeBegins(retry, clock.elapsed());
            flash(image);
            actedOn = url;
            failed = "";
            return Outcome.FLASHED;
        } catch (ImageFailure e) {
            return failed(url, e);
        }
    }

    /** Gives up on what has failed: a retry delay of 0 counts a failure as done. */
    void giveUp() {
        actedOn = failed;
    }

    private Outcome failed(String url, ImageFailure e) {
        failed = url;
        memory.upgradeFailed(e.text());
        String masked = PhoneUrl.parse(url).map(PhoneUrl::masked).orElse("");
        workshop.events().accept(new PhoneEvent.UpgradeFailed(masked, e.text()));
        return url.isEmpty() ? Outcome.NOTHING : Outcome.FAILED;
    }

    private static final class ImageFailure extends Exception {
        ImageFailure(String text) {
            super(text, null, false, false);
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    /** Empty when there is nothing to fetch. */
    private String effectiveUrl() throws ImageFailure {
        Optional<Alternative> chosen;
        try {
            chosen = Rule.parse(memory.parameters().get("Upgrade_Rule")).choose(facts);
        } catch (RuleSyntaxException e) {
            throw new ImageFailure("invalid Upgrade_Rule: " + e.getMessage());
        }
        if (chosen.isEmpty()) {
            return "";
        }
        if (!chosen.get().options().isEmpty()) {
            throw new ImageFailure("invalid Upgrade_Rule: it takes no options");
        }
        chosen.get().assignments().forEach(set -> memory.parameters().set(set.parameter(), facts.expand(set.value())));
        return chosen.get().url().map(facts::expand).orElse("");
    }

    private PhoneUrl parse(String url) throws ImageFailure {
        PhoneUrl image = PhoneUrl.parse(url)
                .filter(parsed -> !parsed.fileName().isEmpty())
                .orElseThrow(() -> new ImageFailure("Upgrade_Rule has no URL with a server and a file"));
        if (image.scheme() == Scheme.HTTPS && !model.family().has(PhoneTrait.FIRMWARE_OVER_HTTPS)) {
            throw new ImageFailure("this phone takes no firmware over https");
        }
        return image;
    }

    /** MPP look at the name; SPA flash what they are told. */
    private boolean isRunning(PhoneUrl image) {
        return model.container() == ContainerKind.LOADS
                && FileNameVersion.read(image.fileName(), model.family().versionText())
                        .filter(memory.softwareVersion()::equals)
                        .isPresent();
    }

    private void flash(PhoneUrl url) throws ImageFailure {
        byte[] image = fetch(url);
        String version = check(url, image);
        long bytes = image.length;
        if (model.container() == ContainerKind.LOADS) {
            for (String file : parts(image).files()) {
                bytes += fetch(url.sibling(file)).length;
            }
        }
        String before = memory.softwareVersion();
        memory.flashed(version);
        workshop.events().accept(new PhoneEvent.Upgraded(before, version, url.scheme(), bytes));
    }

    private byte[] fetch(PhoneUrl url) throws ImageFailure {
        FetchResult result = workshop.downloads().get(url, "Upgrade_Rule", LARGEST_FILE_BYTES);
        if (result instanceof FetchResult.Body body) {
            return body.bytes();
        }
        throw new ImageFailure(
                result instanceof FetchResult.Failed fault ? fault.reason() : "file not found: " + url.fileName());
    }

    private String check(PhoneUrl url, byte[] image) throws ImageFailure {
        try {
            String version = model.imageCheck().versionOf(url.fileName(), image);
            String limit = memory.parameters().get("Downgrade_Rev_Limit").strip();
            if (FirmwareVersion.order(version, limit).orElse(0) < 0) {
                throw new ImageFailure("version " + version + " is below Downgrade_Rev_Limit " + limit);
            }
            return version;
        } catch (ImageRefusedException e) {
            throw new ImageFailure("image " + e.getMessage());
        }
    }

    private static LoadsFile parts(byte[] image) throws ImageFailure {
        try {
            return LoadsFile.parse(image);
        } catch (ImageRefusedException e) {
            throw new ImageFailure("image " + e.getMessage());
        }
    }
}
