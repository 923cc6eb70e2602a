package dev.provhub.emulator;

import dev.provhub.emulator.profile.AliasMap;
import dev.provhub.emulator.profile.CorruptFileException;
import dev.provhub.emulator.profile.OpenedProfile;
import dev.provhub.emulator.profile.ProfileOpener;
import dev.provhub.emulator.rule.Alternative;
import dev.provhub.emulator.rule.Rule;
import dev.provhub.emulator.rule.RuleSyntaxException;
import dev.provhub.emulator.transport.FetchRequest;
import dev.provhub.emulator.transport.FetchResult;
import dev.provhub.emulator.transport.PhoneUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs through the profile rules A to D. The rules are taken as they stand at the beginning: what a profile says about
 * them counts from the next resync. Any failure ends the run.
 */
final class Resync {
    private static final List<String> RULES =
            List.of("Profile_Rule", "Profile_Rule_B", "Profile_Rule_C", "Profile_Rule_D");
    private static final Set<String> OPTIONS = Set.of("key", "post", "uid", "pwd", "alias");
    private static final Pattern REGISTER = Pattern.compile("[a-pA-P]");
    private static final int LARGEST_FILE_BYTES = 1 << 20;

    private final Workshop workshop;
    private final PhoneMemory memory;
    private final PhoneFacts facts;
    private final ServerDiscovery discovery;
    private final CustomCa customCa;

    Resync(Workshop workshop, ServerDiscovery discovery, CustomCa customCa) {
        this.workshop = workshop;
        this.memory = workshop.memory();
        this.facts = workshop.facts();
        this.discovery = discovery;
        this.customCa = customCa;
    }

    /**
     * What came of a run.
     *
     * @param changed names of parameters that are other than before
     */
    record Outcome(boolean good, List<String> changed) {}

    /** Runs all rules. */
    void run(ResyncReason reason, Consumer<Outcome> then) {
        List<NamedRule> rules = RULES.stream()
                .map(name -> new NamedRule(name, memory.parameters().get(name)))
                .toList();
        customCa.fetchIfLost(new Run(reason, rules, then)::next);
    }

    /** Runs one rule that is not stored, given by a web page or an XML object. */
    void runOnce(String rule, Consumer<Outcome> then) {
        new Run(ResyncReason.EXPLICIT, List.of(new NamedRule("resync URL", rule)), then).next();
    }

    /** Forgets the CA that a profile has brought. */
    void factoryReset() {
        customCa.forget();
    }

    private record NamedRule(String name, String text) {}

    /** One run. */
    private final class Run {
        private final ResyncReason reason;
        private final List<NamedRule> rules;
        private final Consumer<Outcome> then;
        private final List<String> changed = new ArrayList<>();
        private int index;
        private int files;

        Run(ResyncReason reason, List<NamedRule> rules, Consumer<Outcome> then) {
            this.reason = reason;
            this.rules = rules;
            this.then = then;
        }

        void next() {
            if (index == rules.size()) {
                workshop.tell(new PhoneEvent.ResyncFinished(reason, files));
                then.accept(new Outcome(true, changed));
                return;
            }
            new Step(this, rules.get(index++)).begin();
        }

        void fail(String rule, String url, String error, String detail) {
            memory.lastError(error);
            workshop.syslog().send(logText("Failure"));
            workshop.tell(new PhoneEvent.ResyncFailed(rule, url, error, detail));
            then.accept(new Outcome(false, changed));
        }
    }

    /** {@code Log_Resync_Request_Msg} and its like; multiplatform phones leave {@code Resync} out. */
    private String logText(String what) {
        boolean multiplatform = workshop.model().family().has(PhoneTrait.MULTIPLATFORM);
        return "Log_" + (multiplatform ? "" : "Resync_") + what + "_Msg";
    }

    /** One rule of a run. */
    private final class Step {
        private final Run run;
        private final NamedRule rule;

        Step(Run run, NamedRule rule) {
            this.run = run;
            this.rule = rule;
        }

        void begin() {
            Rule.Choice choice;
            try {
                choice = Rule.parse(rule.text()).choose(facts);
            } catch (RuleSyntaxException e) {
                fail("", "invalid rule", String.valueOf(e.getMessage()));
                return;
            }
            if (!choice.findings().isEmpty()) {
                workshop.tell(new PhoneEvent.Evaluated(rule.name(), choice.findings()));
            }
            if (choice.chosen().isEmpty()) {
                run.next();
            } else {
                follow(choice.chosen().get());
            }
        }

        private void follow(Alternative alternative) {
            for (Alternative.Assignment set : alternative.assignments()) {
                boolean known = memory.parameters().set(set.parameter(), facts.expand(set.value()));
                memory.changedHere(set.parameter());
                workshop.tell(new PhoneEvent.Assigned(rule.name(), set.parameter(), known));
            }
            Optional<String> unknown = alternative.options().stream()
                    .map(Alternative.Option::name)
                    .filter(name -> !OPTIONS.contains(name))
                    .findFirst();
            Optional<String> register = Stream.of("post", "alias")
                    .flatMap(name -> alternative.option(name).stream())
                    .filter(argument -> !REGISTER.matcher(argument).matches())
                    .findFirst();
            if (alternative.url().isEmpty()) {
                run.next();
            } else if (unknown.isPresent()) {
                fail("", "invalid rule", "this phone does not know --" + unknown.get());
            } else if (register.isPresent()) {
                fail("", "invalid rule", "--post and --alias take a register, a to p, not '" + register.get() + "'");
            } else {
                String expanded = facts.expand(alternative.url().get());
                List<PhoneUrl> urls = discovery.urls(expanded);
                if (expanded.startsWith("/")) {
                    workshop.tell(new PhoneEvent.Discovered(
                            rule.name(), urls.stream().map(PhoneUrl::masked).toList()));
                }
                tryUrl(alternative, urls, 0);
            }
        }

        private void tryUrl(Alternative alternative, List<PhoneUrl> urls, int attempt) {
            if (urls.isEmpty()) {
                boolean home = facts.expand(alternative.url().orElse("")).startsWith("/");
                fail("", "no server", home ? "no usable server from DHCP" : "no URL with a server and a path");
                return;
            }
            PhoneUrl url = urls.get(attempt);
            String post = alternative
                    .option("post")
                    .map(register -> facts.expand(memory.parameters().get("GPP_" + register.toUpperCase(Locale.ROOT))))
                    .orElse(null);
            FetchRequest request = workshop.downloads()
                    .request(url, LARGEST_FILE_BYTES)
                    .with(post == null ? null : FetchRequest.Upload.post(post))
                    .withLogin(facts.login(alternative));
            boolean last = attempt + 1 == urls.size();
            memory.transferBegins(url);
            workshop.syslog().send(logText("Request"));
            workshop.downloads().fetch(request, rule.name(), result -> {
                if (result instanceof FetchResult.Body body) {
                    open(alternative, body);
                } else if (last) {
                    missed(url, result);
                } else {
                    workshop.tell(new PhoneEvent.Missed(url.masked(), reason(result)));
                    tryUrl(alternative, urls, attempt + 1);
                }
            });
        }

        private void missed(PhoneUrl url, FetchResult result) {
            boolean missing = result instanceof FetchResult.NotFound;
            if (missing && !memory.parameters().isYes("Resync_Fails_On_FNF")) {
                workshop.tell(new PhoneEvent.Missed(url.masked(), "file not found, which counts as success"));
                run.next();
            } else {
                fail(url.masked(), reason(result), reason(result));
            }
        }

        private void open(Alternative alternative, FetchResult.Body body) {
            try {
                String key =
                        alternative.option("key").map(facts::expandWithSecrets).orElse(null);
                OpenedProfile profile = workshop.opener()
                        .open(
                                body.bytes(),
                                new ProfileOpener.Terms(
                                        body.contentEncoding(), key, keyingMaterial(), aliases(alternative)));
                apply(body, profile);
            } catch (CorruptFileException e) {
                fail(body.url().masked(), "corrupt file", String.valueOf(e.getMessage()));
            }
        }

        private AliasMap aliases(Alternative alternative) throws CorruptFileException {
            Optional<String> register = alternative.option("alias");
            return register.isEmpty()
                    ? AliasMap.NONE
                    : AliasMap.parse(
                            memory.parameters().get("GPP_" + register.get().toUpperCase(Locale.ROOT)));
        }

        private void apply(FetchResult.Body body, OpenedProfile profile) {
            Parameters.Applied applied = memory.parameters().apply(profile.settings());
            run.changed.addAll(applied.changed());
            run.files++;
            if (rule.name().equals(RULES.get(0))) {
                memory.secured(profile.sealed());
            }
            memory.lastError("");
            workshop.syslog().send(logText("Success"));
            workshop.tell(new PhoneEvent.Resynced(
                    rule.name(),
                    body.url().masked(),
                    body.url().scheme(),
                    body.bytes().length,
                    profile.sealed(),
                    profile.gzip(),
                    applied.taken(),
                    applied.unknown()));
            customCa.fetchIfNamedBy(profile.settings(), run::next);
        }

        private void fail(String url, String error, String detail) {
            run.fail(rule.name(), url, error, detail);
        }
    }

    private static String reason(FetchResult result) {
        return result instanceof FetchResult.Failed failed ? failed.reason() : "file not found";
    }

    private @Nullable String keyingMaterial() {
        String stored = memory.parameters().get("IKM_HTTP_Encrypt_Content");
        return stored.isEmpty() ? null : stored;
    }
}
