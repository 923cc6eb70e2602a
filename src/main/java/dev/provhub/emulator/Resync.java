package dev.provhub.emulator;

import dev.provhub.emulator.profile.CorruptFileException;
import dev.provhub.emulator.profile.OpenedProfile;
import dev.provhub.emulator.profile.ProfileOpener;
import dev.provhub.emulator.rule.Alternative;
import dev.provhub.emulator.rule.Rule;
import dev.provhub.emulator.rule.RuleSyntaxException;
import dev.provhub.emulator.transport.FetchResult;
import dev.provhub.emulator.transport.PhoneUrl;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run through the profile rules A to D. The rules are taken as they stand at the beginning: what a profile says about
 * them counts from the next resync. Any failure ends the run.
 */
final class Resync {
    private static final List<String> RULES =
            List.of("Profile_Rule", "Profile_Rule_B", "Profile_Rule_C", "Profile_Rule_D");
    private static final Set<String> OPTIONS = Set.of("key", "post", "uid", "pwd");
    private static final int LARGEST_FILE_BYTES = 1 << 20;

    private final PhoneModel model;
    private final PhoneMemory memory;
    private final PhoneFacts facts;
    private final ServerDiscovery discovery;
    private final Downloads downloads;
    private final CustomCa customCa;
    private final Consumer<PhoneEvent> events;
    private final ProfileOpener opener;

    Resync(Workshop workshop, ServerDiscovery discovery, CustomCa customCa) {
        this.model = workshop.model();
        this.memory = workshop.memory();
        this.facts = workshop.facts();
        this.downloads = workshop.downloads();
        this.events = workshop.events();
        this.discovery = discovery;
        this.customCa = customCa;
        this.opener = new ProfileOpener(model.family().security().digests());
    }

    /** Why a rule failed: what {@code $ERR} says, and more. */
    private static final class Failure extends Exception {
        private final String url;
        private final String error;

        Failure(String url, String error, String detail) {
            super(detail, null, false, false);
            this.url = url;
            this.error = error;
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }

    /** Runs all rules; false when one has failed. */
    boolean run(ResyncReason reason) {
        List<String> rules = RULES.stream().map(memory.parameters()::get).toList();
        int files = 0;
        for (int i = 0; i < rules.size(); i++) {
            try {
                files += rule(RULES.get(i), rules.get(i)) ? 1 : 0;
            } catch (Failure e) {
                memory.lastError(e.error);
                events.accept(new PhoneEvent.ResyncFailed(RULES.get(i), e.url, e.error, e.detail()));
                return false;
            }
        }
        events.accept(new PhoneEvent.ResyncFinished(reason, files));
        return true;
    }

    /** Runs one rule; false when it is skipped or fetches nothing. */
    private boolean rule(String name, String text) throws Failure {
        Optional<Alternative> chosen = choose(text);
        if (chosen.isEmpty()) {
            return false;
        }
        Alternative alternative = chosen.get();
        alternative.assignments().forEach(set -> memory.parameters().set(set.parameter(), facts.expand(set.value())));
        if (alternative.url().isEmpty()) {
            return false;
        }
        for (Alternative.Option option : alternative.options()) {
            if (!OPTIONS.contains(option.name())) {
                throw new Failure("", "invalid rule", "this phone does not know --" + option.name());
            }
        }
        return firstThatWorks(
                name, alternative, discovery.urls(facts.expand(alternative.url().get())));
    }

    private Optional<Alternative> choose(String text) throws Failure {
        try {
            return Rule.parse(text).choose(facts);
        } catch (RuleSyntaxException e) {
            throw new Failure("", "invalid rule", String.valueOf(e.getMessage()));
        }
    }

    private boolean firstThatWorks(String name, Alternative alternative, List<PhoneUrl> urls) throws Failure {
        Failure last = new Failure("", "no server", "no URL, or no usable server from DHCP");
        for (PhoneUrl url : urls) {
            try {
                return download(name, alternative, url);
            } catch (Failure e) {
                last = e;
            }
        }
        throw last;
    }

    private boolean download(String name, Alternative alternative, PhoneUrl url) throws Failure {
        Optional<String> post = alternative
                .option("post")
                .map(register -> facts.expand(memory.parameters().get("GPP_" + register.toUpperCase(Locale.ROOT))));
        FetchResult result = downloads.fetch(url, name, LARGEST_FILE_BYTES, post, login(alternative));
        if (result instanceof FetchResult.Body body) {
            apply(name, alternative, body);
            return true;
        }
        if (result instanceof FetchResult.Failed failed) {
            throw new Failure(url.masked(), failed.reason(), failed.reason());
        }
        if (memory.parameters().isYes("Resync_Fails_On_FNF")) {
            throw new Failure(url.masked(), "file not found", "file not found");
        }
        return false;
    }

    private Optional<String> login(Alternative alternative) {
        boolean secrets = model.family().has(PhoneTrait.SECRET_LOGINS);
        return alternative.option("uid").map(uid -> {
            String both = uid + ":" + alternative.option("pwd").orElse("");
            return secrets ? facts.expandWithSecrets(both) : facts.expand(both);
        });
    }

    private void apply(String name, Alternative alternative, FetchResult.Body body) throws Failure {
        String key = alternative.option("key").map(facts::expandWithSecrets).orElse(null);
        OpenedProfile profile;
        try {
            profile = opener.open(body.bytes(), body.contentEncoding(), key, keyingMaterial());
        } catch (CorruptFileException e) {
            throw new Failure(body.url().masked(), "corrupt file", String.valueOf(e.getMessage()));
        }
        int applied = memory.parameters().apply(profile.settings());
        if (name.equals(RULES.get(0))) {
            memory.secured(profile.sealed());
        }
        events.accept(new PhoneEvent.Resynced(
                name,
                body.url().masked(),
                body.url().scheme(),
                body.bytes().length,
                profile.sealed(),
                profile.gzip(),
                applied));
        customCa.fetchIfNamedBy(profile.settings());
    }

    private @Nullable String keyingMaterial() {
        String stored = memory.parameters().get("IKM_HTTP_Encrypt_Content");
        return stored.isEmpty() ? null : stored;
    }
}
