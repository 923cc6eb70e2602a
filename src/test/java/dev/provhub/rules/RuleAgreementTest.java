package dev.provhub.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.ShippedConfig;
import dev.provhub.emulator.rule.Alternative;
import dev.provhub.emulator.rule.MacroText;
import dev.provhub.emulator.rule.MacroValues;
import dev.provhub.emulator.rule.RuleSyntaxException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** The evaluator of the server and the one of the virtual phone, which share nothing, read every rule alike. */
class RuleAgreementTest {
    private static final Map<String, String> FACTS = Map.of(
            "SWVER",
            "6.1.3(b)",
            "PRVST",
            "2",
            "PRVTMR",
            "3700",
            "A",
            "x y",
            "B",
            "",
            "C",
            "7",
            "MA",
            "000e08aabbcc",
            "SN",
            "F1");
    private static final PhoneState PHONE = phone();

    private static PhoneState phone() {
        PhoneState phone = PhoneState.of(ShippedConfig.model("SPA942"));
        for (Map.Entry<String, String> fact : FACTS.entrySet()) {
            phone = phone.with(fact.getKey(), fact.getValue());
        }
        return phone;
    }

    @Property(tries = 3000, seed = "4711")
    void wellFormedRules_areReadAlike(@ForAll("rules") String rule) {
        assertAlike(rule);
    }

    @Property(tries = 3000, seed = "4711")
    void rulesWithADent_areReadAlike(@ForAll("rules") String rule, @ForAll("dents") Tuple2<Integer, String> dent) {
        int at = rule.isEmpty() ? 0 : dent.get1() % rule.length();
        assertAlike(rule.substring(0, at) + dent.get2() + rule.substring(Math.min(rule.length(), at + 1)));
    }

    private static void assertAlike(String rule) {
        RuleOutcome ours = RuleEvaluator.evaluate(RuleKind.PROFILE, rule, PHONE);
        Map<String, String> registers = new HashMap<>(FACTS);
        MacroValues values = name -> {
            boolean register = name.length() == 1 && name.charAt(0) >= 'A' && name.charAt(0) <= 'P';
            return register
                    ? registers.getOrDefault(name, "")
                    : PHONE.value(name) == null ? null : registers.getOrDefault(name, PHONE.value(name));
        };
        Optional<Alternative> chosen;
        try {
            chosen = dev.provhub.emulator.rule.Rule.parse(rule).choose(values).chosen();
        } catch (RuleSyntaxException e) {
            assertThat(ours.alternative()).as("%s: %s", rule, e.getMessage()).isNull();
            assertThat(ours.because()).as(rule).first().asString().startsWith("the rule cannot be read");
            return;
        }
        assertThat(ours.alternative() != null).as("%s %s", rule, ours.because()).isEqualTo(chosen.isPresent());
        if (chosen.isEmpty()) {
            return;
        }
        Map<String, String> assigned = new LinkedHashMap<>();
        for (Alternative.Assignment set : chosen.get().assignments()) {
            String value = MacroText.expand(set.value(), values);
            assigned.put(set.parameter(), value);
            if (set.parameter().matches("GPP_[A-P]")) {
                registers.put(set.parameter().substring(4), value);
            }
        }
        assertThat(ours.assigned()).as(rule).isEqualTo(assigned);
        String url =
                chosen.get().url().map(text -> MacroText.expand(text, values)).orElse(null);
        if (ours.url() != null) {
            assertThat(url).as(rule).isNotNull();
            assertThat(ours.url()).as(rule).endsWith(url);
            chosen.get().options().forEach(option -> assertThat(ours.options().get(option.name()))
                    .as(rule)
                    .isEqualTo(MacroText.expand(option.argument(), values)));
        } else if (url != null) {
            assertThat(ours.because())
                    .as(rule)
                    .last()
                    .asString()
                    .containsAnyOf("nothing is fetched", "no option", "given");
        }
    }

    @Provide
    Arbitrary<Tuple2<Integer, String>> dents() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 500),
                        Arbitraries.of("", "(", ")", "\"", "|", "[", "]", "!", "?", "$", " ", "and", ";", "=", "<"))
                .as(Tuple::of);
    }

    @Provide
    Arbitrary<String> rules() {
        return alternative().list().ofMinSize(1).ofMaxSize(4).map(all -> String.join(" | ", all));
    }

    private static Arbitrary<String> alternative() {
        return Combinators.combine(
                        conditions(),
                        assignments(),
                        Arbitraries.of("", "[--key $A] ", "[--key \"a b\" --uid $MA] "),
                        urls())
                .as((condition, assigned, options, url) -> condition + assigned + (url.isEmpty() ? "" : options) + url);
    }

    private static Arbitrary<String> conditions() {
        Arbitrary<String> operands = Arbitraries.of(
                "$SWVER",
                "$PRVST",
                "$PRVTMR",
                "\"$A\"",
                "\"$B\"",
                "\"x y\"",
                "$C",
                "$B",
                "7",
                "-3",
                "2",
                "6.1.3b",
                "6.1.3(b)",
                "6.1.10",
                "11-0-1MPP-376",
                "11-0-1MPP",
                "odd",
                "\"$SWVER\"",
                "$(SWVER)",
                "$ZZ");
        Arbitrary<String> operators =
                Arbitraries.of("=", "!=", "!", "<", "<=", ">", ">=", "eq", "ne", "lt", "le", "gt", "ge", "is");
        Arbitrary<String> test = Combinators.combine(operands, operators, operands)
                .as((left, operator, right) -> left + " " + operator + " " + right);
        return test.list().ofMaxSize(3).map(all -> all.isEmpty() ? "" : "(" + String.join(" and ", all) + ")? ");
    }

    private static Arbitrary<String> assignments() {
        Arbitrary<String> one = Combinators.combine(
                        Arbitraries.of("a", "c", "GPP_B", "User_ID_1_", "Proxy_1_"),
                        Arbitraries.of("", "1", "$C$MA", "$(MA:6)", "$$C", "$Cx"))
                .as((name, value) -> name + " = \"" + value + "\"");
        return one.list().ofMaxSize(3).map(all -> all.isEmpty() ? "" : "( " + String.join(" ; ", all) + " )! ");
    }

    private static Arbitrary<String> urls() {
        return Arbitraries.of(
                "",
                "http://h/$MA.cfg",
                "tftp://h:69/$(MA:2:4)/$C/$B",
                "https://h/$$x/$Q/$Ax?a=1&b=$(SN)",
                "h/p",
                "/p/$PSNx",
                "h");
    }
}
