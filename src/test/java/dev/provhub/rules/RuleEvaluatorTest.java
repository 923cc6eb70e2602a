package dev.provhub.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.provhub.config.ShippedConfig;
import dev.provhub.device.MacAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleEvaluatorTest {
    private static final PhoneState SPA504G = PhoneState.of(ShippedConfig.model("SPA504G"))
            .with(MacAddress.parse("64:9e:f3:78:8e:6a"))
            .with("SN", "CCQ15430ABC")
            .with("SWVER", "7.4.9c");
    private static final PhoneState MPP =
            PhoneState.of(ShippedConfig.model("CP-8841-3PCC")).with("SWVER", "sip88xx.11-3-1MPP0001-110");

    private static RuleOutcome profile(String rule) {
        return RuleEvaluator.evaluate(RuleKind.PROFILE, rule, SPA504G);
    }

    @Test
    void evaluate_pathAlone_goesByTftpToTheServerOfOption66() {
        assertThat(RuleEvaluator.evaluate(RuleKind.PROFILE, "/spa$PSN.cfg", SPA504G.withServer("192.168.1.130"))
                        .url())
                .isEqualTo("tftp://192.168.1.130/spa504G.cfg");
        RuleOutcome without = profile("/spa$PSN.cfg");
        assertThat(without.url()).isNull();
        assertThat(without.because()).last().asString().contains("no server of DHCP option 66 was given");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "http://h/$MA.cfg ~ http://h/649ef3788e6a.cfg",
                "http://h/$MAU.cfg ~ http://h/649EF3788E6A.cfg",
                "http://h/$(MA)U.cfg ~ http://h/649ef3788e6aU.cfg",
                "http://h/$MAC ~ http://h/64:9e:f3:78:8e:6a",
                "http://h/$(MA:6) ~ http://h/788e6a",
                "http://h/$(MA:6:2)/x ~ http://h/78/x",
                "http://h/$(MA:99)x ~ http://h/x",
                "http://h/$$MAU ~ http://h/$MAU",
                "http://h/$ZONE/$SA/$Nx ~ http://h/$ZONE/$SA/x",
                "http://h/$MAX ~ http://h/649ef3788e6aX",
                "192.168.1.130/profiles/init.cfg ~ tftp://192.168.1.130/profiles/init.cfg",
                "https://h:8443/a?b=1&c=$SN ~ https://h:8443/a?b=1&c=CCQ15430ABC",
            })
    void evaluate_url_isExpanded(String rule, String url) {
        assertThat(profile(rule).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "ftp://h/x",
                "http://h",
                "h",
                "http://h/a b",
                "[--cert x] http://h/x",
                "( a = \"1\" )!",
                "#http://h/x",
                "(",
                "($SWVER gt 9.9.9)? http://h/x",
            })
    void evaluate_nothingToFetch_isNull(String rule) {
        assertThat(profile(rule).url()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "$SWVER lt 7.5.2b ~ true",
                "$SWVER < 7.4.9c ~ false",
                "$SWVER <= 7.4.9c ~ true",
                "$SWVER ge 7.4.9 ~ true",
                "$SWVER eq 7.4.9(c) ~ true",
                "! 1.0.33 ~ true",
                "= 7.4.9c ~ true",
                "\"$SWVER\" eq \"7.4.9c\" ~ true",
                "\"$SWVER\" eq \"7.4.9(c)\" ~ false",
                "\"$A\" ne \"Provisioned\" ~ true",
                "\"$A\" lt \"b\" ~ false",
                "$PRVTMR ge 600 and $PRVST eq 2 ~ false",
                "$PRVST eq 0 AND $PRVTMR eq 0 ~ true",
                "$PRVST EQ 0 ~ false",
                "$PRVST = \"0\" ~ false",
                "$A eq 0 ~ false",
                "$SWVER lt 11-0-0MPP0001-1 ~ false",
                "$SWVER lt banana ~ false",
                "\"open ~ false",
            })
    void evaluate_condition_holdsOrNot(String condition, boolean holds) {
        String rule = "(" + condition + ")? http://h/yes | http://h/no";
        if (condition.startsWith("\"open")) {
            assertThat(profile(rule).url())
                    .as("an open quote swallows the rule")
                    .isNull();
        } else {
            assertThat(profile(rule).url()).isEqualTo(holds ? "http://h/yes" : "http://h/no");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "11-3-1MPP-110,false",
        "11-3-2MPP0001-1,true",
        "11-2-3MPP-256,false",
        "11-3-1MPP0001-110,false",
        "11-3-1MPP0001-111,true",
        "12-0-1MPP,true",
    })
    void evaluate_multiplatformVersions_areComparedByTheirOwnGrammar(String version, boolean below) {
        RuleOutcome outcome = RuleEvaluator.evaluate(
                RuleKind.UPGRADE, "($SWVER lt " + version + ")? http://h/firmware/sip88xx.loads", MPP);
        assertThat(outcome.url() != null).isEqualTo(below);
    }

    @Test
    void evaluate_assignments_countForTheOptionsAndTheUrlOfTheirAlternative() {
        RuleOutcome outcome = RuleEvaluator.evaluate(
                RuleKind.PROFILE,
                "( User_ID_1_ = \"uid$B\" ; c = \"\" ; d = \"$MA\" ; )! [--key $D --uid \"my $UID1\"] http://h/$D/$C",
                SPA504G.with("GPP_B", "7").with("C", "old"));
        assertThat(outcome.assigned())
                .containsExactly(entry("User_ID_1_", "uid7"), entry("GPP_C", ""), entry("GPP_D", "649ef3788e6a"));
        assertThat(outcome.options()).containsExactly(entry("key", "649ef3788e6a"), entry("uid", "my uid7"));
        assertThat(outcome.url()).isEqualTo("http://h/649ef3788e6a/");
        assertThat(outcome.alternative()).isEqualTo(1);
    }

    @Test
    void evaluate_secretRegisters_areSeenInTheKeyAlone() {
        PhoneState spa942 = PhoneState.of(ShippedConfig.model("SPA942")).with("SA", "geheim");
        RuleOutcome spa = RuleEvaluator.evaluate(RuleKind.PROFILE, "[--key $SA --pwd $SA] http://h/$SA", spa942);
        assertThat(spa.options()).containsExactly(entry("key", "geheim"), entry("pwd", "$SA"));
        assertThat(spa.url()).isEqualTo("http://h/$SA");
        RuleOutcome mpp =
                RuleEvaluator.evaluate(RuleKind.PROFILE, "[--pwd $(SA)] http://h/p", MPP.with("GPP_SA", "geheim"));
        assertThat(mpp.options()).containsExactly(entry("pwd", "geheim"));
        assertThat(profile("[--key $SA] http://h/p").options())
                .as("a model without the register")
                .containsExactly(entry("key", "$SA"));
    }

    @Test
    void evaluate_upgradeRule_hasNoOptionsAndNamesItsHost() {
        assertThat(RuleEvaluator.evaluate(RuleKind.UPGRADE, "[--key x] http://h/a.bin", SPA504G)
                        .because())
                .last()
                .asString()
                .contains("options are not allowed here");
        assertThat(RuleEvaluator.evaluate(RuleKind.UPGRADE, "/a.bin", SPA504G.withServer("h"))
                        .url())
                .isNull();
    }

    @Test
    void evaluate_trigger_isAConditionAlone() {
        String trigger = "$REGTMR1 gt 300 and $PRVTMR ge 600";
        assertThat(RuleEvaluator.evaluate(RuleKind.TRIGGER, trigger, SPA504G).alternative())
                .isNull();
        assertThat(RuleEvaluator.evaluate(
                                RuleKind.TRIGGER,
                                trigger,
                                SPA504G.with("REGTMR1", "301").with("PRVTMR", "600"))
                        .alternative())
                .isEqualTo(1);
        assertThat(RuleEvaluator.evaluate(RuleKind.TRIGGER, "", SPA504G).alternative())
                .isNull();
    }

    @Test
    void because_tellsWhatWasComparedAndWhatWasNotGiven() {
        assertThat(profile("($SWVER lt 7.5.2b and \"$IP\" ne \"\")? http://h/a | http://h/b")
                        .because())
                .containsExactly(
                        "alternative 1:",
                        "  $SWVER lt 7.5.2b, which is 7.4.9c lt 7.5.2b: true",
                        "  \"$IP\" ne \"\", which is \"\" ne \"\": false",
                        "alternative 2:",
                        "  has no condition and is taken",
                        "  fetches http://h/b",
                        "$IP was not given and is taken for empty");
    }

    @Test
    void with_whatNoRuleSees_isRefused() {
        assertThatThrownBy(() -> SPA504G.with("Proxy_1_", "x"))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("'Proxy_1_' is nothing that a rule sees on SPA504G: one of A, B, C");
    }
}
