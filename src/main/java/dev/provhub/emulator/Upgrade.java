package dev.provhub.emulator;

import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FileNameVersion;
import dev.provhub.emulator.firmware.ImageReader;
import dev.provhub.emulator.firmware.ImageRefusedException;
import dev.provhub.emulator.firmware.LoadsFile;
import dev.provhub.emulator.rule.Alternative;
import dev.provhub.emulator.rule.FirmwareVersion;
import dev.provhub.emulator.rule.Rule;
import dev.provhub.emulator.rule.RuleSyntaxException;
import dev.provhub.emulator.transport.FetchRequest;
import dev.provhub.emulator.transport.FetchResult;
import dev.provhub.emulator.transport.PhoneUrl;
import dev.provhub.emulator.transport.Scheme;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Evaluates {@code Upgrade_Rule} and follows it (section 6). The effective URL that was acted on last is remembered and
 * not fetched again until the text of the rule changes, so that a rule without a condition acts once; one that has failed waits
 * for the retry timer, while another URL is tried at once. A URL that is not stored changes nothing of that.
 */
final class Upgrade {
    private static final int LARGEST_FILE_BYTES = 64 << 20;
    private static final String RULE = "Upgrade_Rule";

    private final Workshop workshop;
    private final PhoneModel model;
    private final PhoneMemory memory;
    private final PhoneFacts facts;
    private String failed = "";
    private String evaluated = "";

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

    /** Why an image is not flashed. */
    private static final class Refusal extends Exception {
        Refusal(String text) {
            super(text, null, false, false);
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Evaluates the rule.
     *
     * @param retry whether the retry timer asks
     */
    void run(boolean retry, Consumer<Outcome> then) {
        if (!memory.parameters().isYes("Upgrade_Enable")) {
            then.accept(Outcome.NOTHING);
            return;
        }
        String text = memory.parameters().get(RULE);
        if (!text.equals(evaluated) && !evaluated.isEmpty()) {
            memory.upgradedFrom("");
            failed = "";
        }
        evaluated = text;
        memory.upgradeLooked(retry, workshop.clock().elapsed());
        String url = "";
        try {
            url = effectiveUrl();
            if (url.isEmpty() || url.equals(memory.upgradedFrom()) || (url.equals(failed) && !retry)) {
                then.accept(Outcome.NOTHING);
                return;
            }
            PhoneUrl image = checked(PhoneUrl.parse(url));
            if (isRunning(image)) {
                then.accept(Outcome.NOTHING);
                return;
            }
            new Attempt(url, image, then).begin();
        } catch (Refusal e) {
            fail(url, url, e.text(), then);
        }
    }

    /** Follows a URL that is not stored, given by a web page. */
    void runOnce(String url, Consumer<Outcome> then) {
        memory.upgradeLooked(false, workshop.clock().elapsed());
        String expanded = facts.expand(url);
        if (!memory.parameters().isYes("Upgrade_Enable")) {
            workshop.tell(new PhoneEvent.Declined("upgrade", "Upgrade_Enable is No"));
            then.accept(Outcome.NOTHING);
            return;
        }
        try {
            PhoneUrl image = checked(PhoneUrl.parse(expanded)
                    .map(parsed -> parsed.path().equals("/") ? parsed.withPath(usualPath()) : parsed));
            new Attempt("", image, then).begin();
        } catch (Refusal e) {
            fail("", expanded, e.text(), then);
        }
    }

    /** What is fetched from a server of which nothing but the name is given (section 3.6). */
    private String usualPath() {
        return model == PhoneModel.WIP310 ? "/wip310.img" : "/spa.bin";
    }

    /** After a reboot what has failed is tried again. */
    void startsAnew() {
        failed = "";
    }

    /** Gives up on what has failed: a retry delay of 0 counts a failure as done. */
    void giveUp() {
        memory.upgradedFrom(failed);
    }

    /**
     * Tells that it has failed.
     *
     * @param effective URL of the rule, to which the retry timer belongs; empty when no rule is to be tried again
     */
    private void fail(String effective, String url, String text, Consumer<Outcome> then) {
        if (!effective.isEmpty()) {
            failed = effective;
        }
        memory.upgradeFailed(text);
        String masked = PhoneUrl.parse(url).map(PhoneUrl::masked).orElse("");
        workshop.syslog().send("Log_Upgrade_Failure_Msg");
        workshop.tell(new PhoneEvent.UpgradeFailed(masked, text));
        then.accept(url.isEmpty() ? Outcome.NOTHING : Outcome.FAILED);
    }

    /** Empty when there is nothing to fetch. */
    private String effectiveUrl() throws Refusal {
        Rule.Choice choice;
        try {
            choice = Rule.parse(memory.parameters().get(RULE)).choose(facts);
        } catch (RuleSyntaxException e) {
            throw new Refusal("invalid Upgrade_Rule: " + e.getMessage());
        }
        if (!choice.findings().isEmpty()) {
            workshop.tell(new PhoneEvent.Evaluated(RULE, choice.findings()));
        }
        if (choice.chosen().isEmpty()) {
            return "";
        }
        Alternative chosen = choice.chosen().get();
        if (!chosen.options().isEmpty()) {
            throw new Refusal("invalid Upgrade_Rule: it takes no options");
        }
        chosen.assignments().forEach(set -> {
            boolean known = memory.parameters().set(set.parameter(), facts.expand(set.value()));
            memory.changedHere(set.parameter());
            workshop.tell(new PhoneEvent.Assigned(RULE, set.parameter(), known));
        });
        return chosen.url().map(facts::expand).orElse("");
    }

    private PhoneUrl checked(Optional<PhoneUrl> url) throws Refusal {
        PhoneUrl image = url.filter(parsed -> !parsed.fileName().isEmpty())
                .orElseThrow(() -> new Refusal("no URL with a server and a file"));
        if (image.scheme() == Scheme.HTTPS && !model.family().has(PhoneTrait.FIRMWARE_OVER_HTTPS)) {
            throw new Refusal("this phone takes no firmware over https");
        }
        return image;
    }

    /** MPP look at the name; SPA flash what they are told. */
    private boolean isRunning(PhoneUrl image) {
        boolean running = model.container() == ContainerKind.LOADS
                && FileNameVersion.read(image.fileName(), model.family().versionText())
                        .filter(memory.softwareVersion()::equals)
                        .isPresent();
        if (running) {
            workshop.tell(new PhoneEvent.Declined("upgrade", image.fileName() + " runs already"));
        }
        return running;
    }

    /** One download, and what is made of it. */
    private final class Attempt {
        /** Of the rule; empty for a URL that is not stored. */
        private final String effective;

        private final PhoneUrl image;
        private final Consumer<Outcome> then;
        private final String why;
        private final ImageReader reader;
        private long bytes;

        Attempt(String effective, PhoneUrl image, Consumer<Outcome> then) {
            this.effective = effective;
            this.image = image;
            this.then = then;
            this.why = effective.isEmpty() ? "upgrade URL" : RULE;
            this.reader = model.imageCheck().reader(image.fileName());
        }

        void begin() {
            memory.upgradeBegins(workshop.clock().elapsed());
            FetchRequest request = workshop.downloads().request(image, LARGEST_FILE_BYTES);
            boolean list = model.container() == ContainerKind.LOADS;
            memory.transferBegins(image);
            workshop.syslog().send("Log_Upgrade_Request_Msg");
            workshop.downloads().fetch(list ? request : request.into(reader::accept), why, result -> {
                try {
                    FetchResult.Body body = body(result, image);
                    bytes = body.length();
                    if (list) {
                        reader.accept(ByteBuffer.wrap(body.bytes()));
                    }
                    String version = version();
                    part(version, list ? parts(body.bytes()) : List.of(), 0);
                } catch (Refusal e) {
                    fail(effective, image.toString(), e.text(), then);
                }
            });
        }

        private String version() throws Refusal {
            try {
                String version = reader.version();
                String limit = memory.parameters().get("Downgrade_Rev_Limit").strip();
                if (FirmwareVersion.order(version, limit).orElse(0) < 0) {
                    throw new Refusal("version " + version + " is below Downgrade_Rev_Limit " + limit);
                }
                return version;
            } catch (ImageRefusedException e) {
                throw new Refusal("image " + e.getMessage());
            }
        }

        private void part(String version, List<String> files, int index) throws Refusal {
            if (index == files.size()) {
                flash(version);
                return;
            }
            PhoneUrl url = image.sibling(files.get(index));
            FetchRequest request = workshop.downloads()
                    .request(url, LARGEST_FILE_BYTES)
                    .into(piece -> {
                        // Only its length counts
                    });
            workshop.downloads().fetch(request, why, result -> {
                try {
                    bytes += body(result, url).length();
                    part(version, files, index + 1);
                } catch (Refusal e) {
                    fail(effective, image.toString(), e.text(), then);
                }
            });
        }

        private void flash(String version) throws Refusal {
            if (memory.isWornOut()) {
                throw new Refusal("flash memory cannot be written");
            }
            String before = memory.softwareVersion();
            memory.flashed(version);
            memory.changesTold();
            if (!effective.isEmpty()) {
                memory.upgradedFrom(effective);
                failed = "";
            }
            workshop.syslog().send("Log_Upgrade_Success_Msg");
            workshop.tell(new PhoneEvent.Upgraded(before, version, image.scheme(), bytes));
            then.accept(Outcome.FLASHED);
        }
    }

    private static FetchResult.Body body(FetchResult result, PhoneUrl url) throws Refusal {
        if (result instanceof FetchResult.Body body) {
            return body;
        }
        Optional<String> fault =
                result instanceof FetchResult.Failed failure ? Optional.of(failure.reason()) : Optional.empty();
        throw new Refusal(fault.orElse("file not found: " + url.fileName()));
    }

    private static List<String> parts(byte[] image) throws Refusal {
        try {
            return LoadsFile.parse(image).files();
        } catch (ImageRefusedException e) {
            throw new Refusal("image " + e.getMessage());
        }
    }
}
