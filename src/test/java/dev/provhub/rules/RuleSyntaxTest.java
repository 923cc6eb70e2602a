package dev.provhub.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSyntaxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# switched off",
                "/spa$PSN.cfg",
                "http://h/$MA.xml?a=1&b=2",
                "[--key \"my secret phrase\"] tftp://h/p",
                "[--alias b] https://p.example.com/account/$PN$MA.xml",
                "($SWVER lt 7.5.2b) ? http://h/a | http://h/b",
                "( User_ID_1_ = \"uid$B\" ; c = \"\" ; d = \"$MA\" ; )!",
                "(\"$A\" ne \"Provisioned\")? ( a = \"x\" )! [--key $(SA) --uid u] http://h/p",
                "$A",
            })
    void complaint_ofAGoodProfileRule_isNone(String rule) {
        assertThat(RuleSyntax.complaint(RuleKind.PROFILE, rule)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "PROFILE ~ http://h/a | http://h/b ~ it has no condition, so that those after it are never reached",
                "PROFILE ~ [--kye x] http://h/a ~ --kye is none of --alias, --key, --post, --pwd, --uid",
                "PROFILE ~ [--key] http://h/a ~ --key needs an argument",
                "REPORT ~ [--delta x] http://h/a ~ --delta takes no argument",
                "UPGRADE ~ [--key x] http://h/a ~ options such as --key are not allowed in this parameter",
                "UPGRADE ~ /a.bin ~ its URL names no host, as an upgrade must",
                "PROFILE ~ (\"$SWVER\" lt \"7.5.2b\")? http://h/a ~ strings have only = and !=",
                "PROFILE ~ (\"$A\" eq 1)? http://h/a ~ quote both sides (strings) or none (numbers, versions)",
                "PROFILE ~ ($SWVER lt 7.5)? http://h/a ~ '7.5' is neither an integer nor a version in full",
                "PROFILE ~ ($SWVER lt 11-0-1MPP)? http://h/a ~ '11-0-1MPP' is neither an integer nor a version in full",
                "PROFILE ~ ($SWVER lt 7.5.2b or $PRVST eq 1)? http://h/a ~ is no comparison",
                "PROFILE ~ tftp://h/a?b=1 ~ the '?' would be part of the file name",
                "PROFILE ~ ftp://h/a ~ none of tftp, http and https",
                "PROFILE ~ http://[2001:db8::1]/a ~ IPv6 literal",
                "PROFILE ~ http://h/a b ~ encode it as %20",
                "PROFILE ~ http://h ~ its URL has no path",
                "PROFILE ~ (\"$A\" eq \"x|y\")? http://h/a ~ a | in quotes splits the rule on some phones",
                "PROFILE ~ (a = \"1\") http://h/a ~ stands neither '?' (condition) nor '!' (assignments)",
                "PROFILE ~ (a = 1)! http://h/a ~ assignment 1 is not of the form name = \"value\"",
                "PROFILE ~ (\"a\" = \"1)! http://h/a ~ at character 1: a quote is not closed",
                "PROFILE ~ [--key x] | /p ~ options, but no URL after them",
                "TRIGGER ~ ($PRVTMR gt 5) ~ parentheses must not stand around it",
            })
    void complaint_ofABadRule_saysWhatAPhoneWouldMisread(RuleKind kind, String rule, String why) {
        assertThat(RuleSyntax.complaint(kind, rule)).contains(why);
    }
}
