package dev.provhub.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of section 4 of the protocol reference. */
class RuleEvaluatorTest {

    private static final class MapRegisters implements RuleEvaluator.Registers {

        private final Map<String, String> macros = new HashMap<>(Map.of(
                "MA", "000e08aabbcc",
                "MAU", "000E08AABBCC",
                "PN", "SPA-942",
                "PSN", "942",
                "SN", "88012BA01234",
                "SWVER", "6.1.5(a)",
                "PRVST", "0",
                "PRVTMR", "0",
                "REGTMR1", "0",
                "A", "ABCDEF"));
        private final Map<String, String> assigned = new HashMap<>();

        @Override
        public Optional<String> macro(String name) {
            if (name.matches("[A-P]") && assigned.containsKey("GPP_" + name)) {
                return Optional.of(assigned.get("GPP_" + name));
            }
            return Optional.ofNullable(macros.getOrDefault(name, name.matches("[A-P]") ? "" : null));
        }

        @Override
        public Optional<String> secret(String name) {
            return name.equals("SA") ? Optional.of("s3cret") : Optional.empty();
        }

        @Override
        public void assign(String parameter, String value) {
            assigned.put(parameter, value);
        }
    }

    private final MapRegisters phone = new MapRegisters();

    private Optional<RuleEvaluator.Outcome> evaluate(String rule) throws FetchException {
        return new RuleEvaluator(phone, PhoneFamily.SPA9XX).evaluate(rule);
    }

    private String url(String rule) throws FetchException {
        return evaluate(rule).map(RuleEvaluator.Outcome::url).orElse("skipped");
    }

    private boolean holds(String condition) throws FetchException {
        return url("(" + condition + ")? /yes | /no").equals("/yes");
    }

    @ParameterizedTest
    @CsvSource({
        "/spa$PSN.cfg, /spa942.cfg",
        "/$PN$MA.xml, /SPA-942000e08aabbcc.xml",
        "/$MAU.cfg, /000E08AABBCC.cfg",
        "/$(MA)U, /000e08aabbccU",
        "/$(A:2), /CDEF",
        "/$(A:2:3), /CDE",
        "/$(A:9), /",
        "/$$MAU, /$MAU",
        "/$(NOPE)/$UNKNOWN, /$(NOPE)/$UNKNOWN",
        "/$SA, /$SA",
        "/$(P)/$(SWVER), //6.1.5(a)"
    })
    void url_macros_expanded(String rule, String expected) throws FetchException {
        assertThat(url(rule)).isEqualTo(expected);
    }

    @Test
    void rule_alternatives_firstTrueOneWins() throws FetchException {
        String rule = "($SWVER lt 7.5.2b) ? http://h/a.bin | http://h/b.bin";
        assertThat(url(rule)).isEqualTo("http://h/a.bin");
        phone.macros.put("SWVER", "7.5.2b");
        assertThat(url(rule)).isEqualTo("http://h/b.bin");
        assertThat(url("(7.5.2b lt $SWVER)? /x")).isEqualTo("skipped");
        assertThat(url(" ")).isEqualTo("skipped");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.31(b), lt, 1.0.33",
        "2.0.3, lt, 2.0.3(0412s)",
        "2.0.3(0412s), lt, 2.0.3(a)",
        "6.1.5(a), eq, 6.1.5a",
        "7.5.2b, gt, 7.5.2",
        "7.5.10, gt, 7.5.2b",
        "5.1.16(LS), gt, 5.1.16",
        "11-3-1MPP-110, gt, 11-2-3MPP-256",
        "11-3-2MPP0002-256, gt, 11-3-2MPP0001-609",
        "sip88xx.12-0-1MPP0001-245, ge, 12-0-1MPP0001-245",
        "sip78xx.11-0-1MPP, lt, 11-0-1MPP-376",
        "11-1-0MPP-19, lt, 11-1-0MPP0401-002",
        "10, gt, 9",
        "-1, lt, 0"
    })
    void condition_versions_ordered(String left, String operator, String right) throws FetchException {
        phone.macros.put("SWVER", left);
        assertThat(holds("$SWVER " + operator + " " + right)).isTrue();
    }

    @Test
    void condition_shapesThatDoNotFit_false() throws FetchException {
        assertThat(holds("11-1-0-MSR4 ne 11-1-0MPP-19")).isFalse();
        assertThat(holds("6.1.5 lt 11-1-0MPP-19")).isFalse();
        assertThat(holds("\"a\" lt \"b\"")).isFalse();
        assertThat(holds("\"1\" eq 1")).isFalse();
    }

    @Test
    void condition_everyOperator_works() throws FetchException {
        for (String one : new String[] {
            "1 = 1",
            "1 != 2",
            "1 ! 2",
            "1 < 2",
            "2 <= 2",
            "2 > 1",
            "2 >= 2",
            "1 eq 1",
            "1 ne 2",
            "1 lt 2",
            "1 le 1",
            "2 gt 1",
            "1 ge 1",
            "! 1.0.33",
            "\"$A\" ne \"Provisioned\"",
            "$REGTMR1 eq 0",
            "\"$SWVER\" eq \"6.1.5(a)\"",
            "$PRVST eq 0 and $PRVTMR lt 600",
            "$PRVST eq 0 AND 1=1"
        }) {
            assertThat(holds(one)).as(one).isTrue();
        }
        assertThat(holds("$PRVST eq 2 and $PRVTMR ge 3600")).isFalse();
    }

    @Test
    void assignments_seenByTheirUrl() throws FetchException {
        assertThat(url("( User_ID_1_ = \"uid$B\" ; c = \"\" ; d = \"$MA\" ; )! /$D"))
                .isEqualTo("/000e08aabbcc");
        assertThat(phone.assigned)
                .containsOnly(
                        Map.entry("User_ID_1_", "uid"), Map.entry("GPP_C", ""), Map.entry("GPP_D", "000e08aabbcc"));
    }

    @Test
    void assignments_wayHome_alternates() throws FetchException {
        String rule = "($PRVST eq 2 and \"$O\" eq \"h\")? ( o = \"\" )! /home | ( o = \"h\" )! [--key $(A)] /own";
        assertThat(url(rule)).isEqualTo("/own");
        phone.macros.put("PRVST", "2");
        assertThat(url(rule)).isEqualTo("/home");
        assertThat(url(rule)).isEqualTo("/own");
    }

    @Test
    void options_expandedWithSecretsOnlyInKey() throws FetchException {
        RuleEvaluator.Outcome outcome =
                evaluate("[--key \"$SA\" --uid $SA] /$PSN.cfg").orElseThrow();
        assertThat(outcome.options()).containsEntry("key", "s3cret").containsEntry("uid", "$SA");
        assertThat(evaluate("[--key \"my secret phrase\"] /x").orElseThrow().options())
                .containsEntry("key", "my secret phrase");
    }

    @Test
    void rule_broken_fails() {
        assertThatThrownBy(() -> evaluate("($SWVER lt 7.5.2b http://h/x")).isInstanceOf(FetchException.class);
        assertThatThrownBy(() -> evaluate("(a b c d)? /x")).isInstanceOf(FetchException.class);
    }

    @Test
    void url_defaults_filledIn() throws FetchException {
        DhcpServer dhcp = DhcpServer.parse("prov.example.net");
        assertThat(dhcp.resolve("/spa942.cfg")).isEqualTo(new PhoneUrl("tftp", "prov.example.net", 69, "/spa942.cfg"));
        assertThat(dhcp.resolve("192.168.1.130/profiles/init.cfg"))
                .isEqualTo(new PhoneUrl("tftp", "192.168.1.130", 69, "/profiles/init.cfg"));
        assertThat(dhcp.resolve("https://h/x?a=b")).isEqualTo(new PhoneUrl("https", "h", 443, "/x?a=b"));
        assertThat(DhcpServer.parse("http://h:8080").resolve("/a")).isEqualTo(new PhoneUrl("http", "h", 8080, "/a"));
        assertThat(DhcpServer.parse("http://h/$MA.cfg").wholeUrl()).contains("http://h/$MA.cfg");
        assertThatThrownBy(() -> dhcp.resolve("http://h")).isInstanceOf(FetchException.class);
    }
}
