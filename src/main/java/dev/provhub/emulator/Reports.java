package dev.provhub.emulator;

import dev.provhub.emulator.profile.DumpWriter;
import dev.provhub.emulator.profile.ReportSealer;
import dev.provhub.emulator.rule.Alternative;
import dev.provhub.emulator.rule.Rule;
import dev.provhub.emulator.rule.RuleSyntaxException;
import dev.provhub.emulator.transport.FetchRequest;
import dev.provhub.emulator.transport.FetchResult;
import dev.provhub.emulator.transport.PhoneUrl;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code Report_Rule} (section 8): one attempt for each trigger, no retry. Multiplatform phones take two rules with a
 * blank between them.
 */
final class Reports {
    private static final String RULE = "Report_Rule";
    private static final Set<String> OPTIONS = Set.of("key", "delta", "status", "uid", "pwd");
    private static final Pattern BETWEEN_RULES = Pattern.compile("(?<=[^\\]\\s])\\s+(?=\\[|[a-z]+://)");
    private static final int LARGEST_ANSWER_BYTES = 64 << 10;

    private final Workshop workshop;
    private final PhoneMemory memory;
    private final PhonePortrait portrait;
    private final ServerDiscovery discovery;
    private final boolean multiplatform;

    Reports(Workshop workshop, PhonePortrait portrait, ServerDiscovery discovery) {
        this.workshop = workshop;
        this.memory = workshop.memory();
        this.portrait = portrait;
        this.discovery = discovery;
        this.multiplatform = workshop.model().family().has(PhoneTrait.MULTIPLATFORM);
    }

    /** Whether there is a rule at all. */
    boolean isWanted() {
        return !memory.parameters().get(RULE).isBlank();
    }

    /** Sends what the rule says. */
    void run(Runnable then) {
        String text = memory.parameters().get(RULE).strip();
        next(multiplatform ? List.of(BETWEEN_RULES.split(text)) : List.of(text), 0, then);
    }

    private void next(List<String> rules, int index, Runnable then) {
        if (index == rules.size()) {
            then.run();
            return;
        }
        Alternative chosen = choose(rules.get(index));
        PhoneUrl url = chosen == null ? null : url(chosen);
        if (chosen == null || url == null) {
            next(rules, index + 1, then);
        } else {
            send(chosen, url, () -> next(rules, index + 1, then));
        }
    }

    /** Null when there is nothing to send. */
    private @Nullable Alternative choose(String text) {
        try {
            Rule.Choice choice = Rule.parse(text).choose(workshop.facts());
            Alternative chosen = choice.chosen().orElse(null);
            if (!choice.findings().isEmpty()) {
                workshop.tell(new PhoneEvent.Evaluated(RULE, choice.findings()));
            }
            if (chosen != null
                    && !chosen.options().stream().map(Alternative.Option::name).allMatch(this::isKnown)) {
                workshop.tell(new PhoneEvent.ReportFailed("", "invalid Report_Rule: an option that no report has"));
                return null;
            }
            if (chosen != null) {
                assign(chosen);
            }
            return chosen;
        } catch (RuleSyntaxException e) {
            workshop.tell(new PhoneEvent.ReportFailed("", "invalid Report_Rule: " + e.getMessage()));
            return null;
        }
    }

    private void assign(Alternative chosen) {
        for (Alternative.Assignment set : chosen.assignments()) {
            boolean known =
                    memory.parameters().set(set.parameter(), workshop.facts().expand(set.value()));
            memory.changedHere(set.parameter());
            workshop.tell(new PhoneEvent.Assigned(RULE, set.parameter(), known));
        }
    }

    private boolean isKnown(String option) {
        return OPTIONS.contains(option) && (multiplatform || !option.equals("status"));
    }

    private @Nullable PhoneUrl url(Alternative chosen) {
        String text = chosen.url().map(workshop.facts()::expand).orElse("");
        PhoneUrl url = discovery.home(text).orElse(null);
        if (url == null && !text.isEmpty()) {
            workshop.tell(new PhoneEvent.ReportFailed("", "Report_Rule has no URL with a server"));
        }
        return url;
    }

    private void send(Alternative chosen, PhoneUrl url, Runnable then) {
        String what = chosen.option("delta").isPresent()
                ? "delta"
                : chosen.option("status").isPresent() ? "status" : "full";
        String key =
                chosen.option("key").map(workshop.facts()::expandWithSecrets).orElse(null);
        String keyingMaterial = memory.parameters().get("IKM_HTTP_Encrypt_Content");
        ReportSealer.Sealed body;
        try {
            body = ReportSealer.seal(
                    text(what).getBytes(StandardCharsets.UTF_8),
                    key,
                    keyingMaterial.isEmpty() ? null : keyingMaterial,
                    workshop.model().family().security().digests().get(0));
        } catch (IllegalArgumentException e) {
            workshop.tell(new PhoneEvent.ReportFailed(url.masked(), "IKM_HTTP_Encrypt_Content is not base64url"));
            then.run();
            return;
        }
        String method = memory.parameters().get("HTTP_Report_Method").equalsIgnoreCase("PUT") ? "PUT" : "POST";
        FetchRequest request = workshop.downloads()
                .request(url, LARGEST_ANSWER_BYTES)
                .with(new FetchRequest.Upload(
                        method, body.encrypted() ? "" : "text/xml", body.encoding(), body.bytes()))
                .withLogin(workshop.facts().login(chosen));
        workshop.downloads().send(request, RULE, result -> {
            if (result instanceof FetchResult.Body) {
                workshop.tell(new PhoneEvent.Reported(url.masked(), what, body.bytes().length, body.encrypted()));
            } else {
                String error = result instanceof FetchResult.Failed failed ? failed.reason() : "file not found";
                workshop.tell(new PhoneEvent.ReportFailed(url.masked(), error));
            }
            then.run();
        });
    }

    private String text(String what) {
        if (what.equals("status")) {
            return DumpWriter.write("status", portrait.info(), Map.of(), Map.of());
        }
        Map<String, String> values = new LinkedHashMap<>(portrait.parameters());
        if (what.equals("delta")) {
            values.keySet().retainAll(memory.changedHere());
        }
        return DumpWriter.write("flat-profile", Map.of(), values, Map.of());
    }
}
