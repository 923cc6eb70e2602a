package dev.provhub.emulator.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.emulator.rule.Alternative.Assignment;
import dev.provhub.emulator.rule.Alternative.Option;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
    private static final Map<String, String> PHONE = Map.ofEntries(
            Map.entry("A", "Provisioned"),
            Map.entry("B", "x y"),
            Map.entry("C", ""),
            Map.entry("O", ""),
            Map.entry("MA", "000e08aabbcc"),
            Map.entry("SWVER", "7.5.2"),
            Map.entry("PRVST", "2"),
            Map.entry("PRVTMR", "3600"),
            Map.entry("REGTMR1", "301"),
            Map.entry("CCERT", "Not Installed"));

    private static Optional<String> url(String rule, Map<String, String> values) throws RuleSyntaxException {
        return Rule.parse(rule).choose(values::get).chosen().map(chosen -> chosen.url()
                .orElse(""));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '~',
            value = {
                "/spa$PSN.cfg ~ /spa$PSN.cfg",
                "($SWVER lt 7.5.2b)? http://h/spa50x-30x-7-5-2b.bin | http://h/spa50x-30x-7-6-2g.bin ~ http://h/spa50x-30x-7-5-2b.bin",
                "($SWVER lt 7.5.2b) ? http://h/a | http://h/b ~ http://h/a",
                "($SWVER ge 7.5.2b)? http://h/a | http://h/b ~ http://h/b",
                "(\"$A\" ne \"Provisioned\")? http://h/a | http://h/b ~ http://h/b",
                "($REGTMR1 eq 0)? http://h/a | http://h/b ~ http://h/b",
                "($PRVST eq 2 and $PRVTMR ge 3600)? https://h/home | [--key $(SA)] http://h/own ~ https://h/home",
                "($PRVST eq 2 and $PRVTMR ge 3601)? https://h/home | [--key $(SA)] http://h/own ~ http://h/own",
                "($PRVST eq 2 and \"$O\" eq \"h\")? ( o = \"\" )! https://h/home | ( o = \"h\" )! [--key $(A)] http://h/own ~ http://h/own",
                "(! 1.0.33)? http://h/a ~ http://h/a",
                "(!1.0.33)? http://h/a ~ http://h/a",
                "(< 7.5.2b)? http://h/a ~ http://h/a",
                "($SWVER<7.5.2b)? http://h/a ~ http://h/a",
                "($SWVER lt 6.1.5(a))? http://h/a | http://h/b ~ http://h/b",
                "($(SWVER) lt 7.5.2b)? http://h/a | http://h/b ~ http://h/a",
                "(\"$SWVER\" = \"7.5.2\")? http://h/a | http://h/b ~ http://h/a",
                "(\"a|b)\" eq \"a|b)\")? http://h/a | http://h/b ~ http://h/a",
                "( c = \"x\" )! http://h/a ~ http://h/a",
                "( c = \"x\" )! ~ ''",
                "192.168.1.130/profiles/init.cfg ~ 192.168.1.130/profiles/init.cfg",
            })
    void choose_exampleRule_takesTheFirstTrueAlternative(String rule, String expected) throws RuleSyntaxException {
        assertThat(url(rule, PHONE)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "# http://h/a",
                "($REGTMR1 eq 0)? http://h/a",
                "($PRVST eq 0)? http://h/a | ($PRVST eq 1)? http://h/b"
            })
    void choose_nothingTrue_isSkipped(String rule) throws RuleSyntaxException {
        assertThat(url(rule, PHONE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$REGTMR1 gt 300 and $PRVTMR ge 600",
                "$REGTMR1 gt 300 AND $PRVTMR >= 600",
                "$PRVST != -1",
                "$PRVST ! 1",
                "$PRVST ne 1",
                "$PRVST = 2",
                "$PRVST le 2",
                "$PRVST <= 2",
                "$PRVST > 1",
                "  1.0.0 lt 2.0.0  "
            })
    void condition_trueTests_hold(String condition) {
        assertThat(Condition.parse(condition).holds(PHONE::get)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$REGTMR1 gt 300 and $PRVTMR gt 3600",
                "\"b\" gt \"a\"",
                "\"$PRVST\" eq 2",
                "$A eq Provisioned",
                "$C eq 0",
                "$C ne 0",
                "$CCERT ne \"Installed\"",
                "$SWVER lt 11-3-1MPP-1",
                "$PRVST eq 2 and",
                "$PRVST",
                "$PRVST equals 2",
                "$PRVST eq 2 or $PRVST eq 2",
                "\"$A eq \"x",
                "$UNKNOWN ne 1"
            })
    void condition_falseOrUnreadable_doesNotHold(String condition) {
        assertThat(Condition.parse(condition).holds(PHONE::get)).isFalse();
    }

    @Test
    void parse_assignments_areNamedInFull() throws RuleSyntaxException {
        Alternative only = Rule.parse("( User_ID_1_ = \"uid$B\" ; c = \"\" ; d = \"$MA\" ; )!")
                .choose(PHONE::get)
                .chosen()
                .orElseThrow();

        assertThat(only.assignments())
                .containsExactly(
                        new Assignment("User_ID_1_", "uid$B"),
                        new Assignment("GPP_C", ""),
                        new Assignment("GPP_D", "$MA"));
        assertThat(only.url()).isEmpty();
    }

    @Test
    void parse_options_loseTheirQuotes() throws RuleSyntaxException {
        assertThat(Rule.parse("[--key \"my secret phrase\" --uid u --pwd $(SB)]http://h/a")
                        .alternatives()
                        .get(0)
                        .options())
                .containsExactly(
                        new Option("key", "my secret phrase"), new Option("uid", "u"), new Option("pwd", "$(SB)"));
        assertThat(Rule.parse("[ --delta ] http://h/r").alternatives().get(0).option("delta"))
                .contains("");
    }

    @Test
    void choose_valueWithSigns_doesNotChangeTheShape() throws RuleSyntaxException {
        Map<String, String> tricky = new HashMap<>(PHONE);
        tricky.put("A", "x\" ne \"x\" )? http://evil/ | ");

        assertThat(url("(\"$A\" eq \"x\")? http://h/a | http://h/$A", tricky)).contains("http://h/$A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($A eq 1 http://h/a",
                "[--key x http://h/a",
                "($A eq 1) http://h/a",
                "( c = x )! http://h/a",
                "( c )! http://h/a",
                "[key] http://h/a",
                "[--key \"x] http://h/a",
                "[--key x]"
            })
    void parse_brokenShape_isRefused(String rule) {
        assertThatThrownBy(() -> Rule.parse(rule)).isInstanceOf(RuleSyntaxException.class);
    }
}
