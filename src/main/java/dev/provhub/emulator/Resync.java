package dev.provhub.emulator;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One run of the rules A to D: fetch, open, apply (protocol section 3.3). Not thread-safe. */
final class Resync {

    private static final List<String> RULES =
            List.of("Profile_Rule", "Profile_Rule_B", "Profile_Rule_C", "Profile_Rule_D");

    private final PhoneMemory memory;
    private final DhcpServer dhcp;
    private final PhoneRequests requests;
    private final TlsSockets tls;
    private final RuleEvaluator evaluator;
    private final Consumer<PhoneEvent> events;

    Resync(
            PhoneMemory memory,
            DhcpServer dhcp,
            PhoneRequests requests,
            TlsSockets tls,
            RuleEvaluator evaluator,
            Consumer<PhoneEvent> events) {
        this.memory = memory;
        this.dhcp = dhcp;
        this.requests = requests;
        this.tls = tls;
        this.evaluator = evaluator;
        this.events = events;
    }

    /**
     * Runs the rules as they stand now: one that a profile brings counts from the next time on.
     *
     * @throws FetchException at the first rule that fails; what the rules before it set stays
     */
    void run() throws FetchException {
        List<String> rules = RULES.stream().map(this::rule).toList();
        for (String rule : rules) {
            Optional<RuleEvaluator.Outcome> outcome = evaluator.evaluate(rule);
            if (outcome.isPresent() && !outcome.get().url().isEmpty()) {
                fetch(outcome.get());
            }
        }
    }

    private String rule(String name) {
        String rule = memory.parameter(name);
        String factory = memory.identity().model().defaultProfileRule();
        return name.equals("Profile_Rule") && rule.equals(factory)
                ? dhcp.wholeUrl().orElse(rule)
                : rule;
    }

    private void fetch(RuleEvaluator.Outcome outcome) throws FetchException {
        PhoneUrl url = dhcp.resolve(outcome.url());
        try {
            Transport.Fetched fetched = requests.get(url);
            apply(fetched, outcome.options());
        } catch (FetchException e) {
            if (!e.isFileNotFound() || memory.isYes("Resync_Fails_On_FNF")) {
                throw e;
            }
        }
    }

    private void apply(Transport.Fetched fetched, Map<String, String> options) throws FetchException {
        PhoneFamily family = memory.identity().model().family();
        ProfileBody profile = ProfileBody.open(fetched.body(), options.get("key"), family.digests());
        int changed = 0;
        boolean customCa = false;
        for (Map.Entry<String, String> value : profile.values().entrySet()) {
            if (memory.set(value.getKey(), value.getValue())) {
                changed++;
                customCa |= family.customCaParameter()
                        .filter(value.getKey()::equals)
                        .isPresent();
            }
        }
        events.accept(new PhoneEvent.Resynced(
                fetched.url().scheme(),
                fetched.body().length,
                profile.sealed(),
                profile.gzip(),
                fetched.tlsProtocol(),
                changed));
        if (customCa) {
            fetchCustomCa(family.customCaParameter().map(memory::parameter).orElse(""));
        }
    }

    /** Its failure fails nothing: the phone goes on with the CAs that it has. */
    private void fetchCustomCa(String rule) {
        try {
            Optional<RuleEvaluator.Outcome> outcome = evaluator.evaluate(rule);
            if (outcome.isPresent()) {
                tls.trustAlso(requests.get(dhcp.resolve(outcome.get().url())).body());
            }
        } catch (FetchException | GeneralSecurityException e) {
            return;
        }
    }
}
