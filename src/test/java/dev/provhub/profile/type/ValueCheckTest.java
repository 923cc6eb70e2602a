package dev.provhub.profile.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueCheckTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "Bool~~Yes",
                "Bool~~no",
                "Choice~a|b c~b c",
                "Int~0..255~0x68",
                "Int~2,96..127~127",
                "Int~-10..10~-10",
                "Time~0..60~.5",
                "Time~~1.2345",
                "Decimal~~-6.5",
                "Port~~65535",
                "Delays~~60+60,300,900+900",
                "Ip~~192.168.1.255",
                "Fqdn~..63~sip.example.net:5061",
                "UserId~..63~+14085551234",
                "Phone~..39~*98",
                "Phone~..39~fnc=sd;ext=2000@$PROXY;nme=Ann",
                "ActivationCode~..7~*69",
                "PhoneTemplate~..39~1408*,*50?,%2a5",
                "Version~~7.4.8",
                "Url~..1024~http://sudirenewal.cisco.com/",
                "Cadence~..127~60(2/4)",
                "Cadence~..127~60(.3/.2, 1/.2,.3/4);*(.1/.1)",
                "Frequencies~..127~440@-10,480@0",
                "Tone~..127~350@-19,440@-19;2(.1/.1/1+2);10(*/0/1+2)",
                "Tone~..127~985@-16,1428@-16,1777@-16;20(.380/0/1,.380/0/2,.380/0/3,0/4/0)",
                "Ring~..127~n=Sunrise;w=file://Sunrise.rwb;c=1",
                "DialPlan~~(*xx|[3469]11|0|00|[2-9]xxxxxx|1xxx[2-9]xxxxxxS0|xxxxxxxxxxxx.)",
                "DialPlan~~L:15,S:3,(9,<:1408>[2-9]xxxxxx|9,8,1<:212>xxxxxxx|*[01]x.|<00:+>x.!)",
                "DialPlan~~(P5<:23456>|(xx.)|<:@gw0>9xx|<9:>xx.S5)",
                "Condition~~$REGTMR1 gt 300 and $PRVTMR ge 600",
                "Rule~~($SWVER lt 7.5.2b)? tftp://h/a.bin | /spa$PSN.cfg",
                "Text~~anything at all <&>",
                "Text~..3~abc",
            })
    void complaint_ofWhatTheTypeTakes_isNone(String type, String allowed, String value) {
        ValueCheck check = ValueCheck.of("Profile_Rule", type, allowed == null ? "" : allowed);
        assertThat(check.complaint(value)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "Bool~~maybe~",
                "Choice~a|b~c~",
                "Int~0..255~256~",
                "Int~~1.5~",
                "Time~0..60~-1~",
                "Port~~65536~",
                "Delays~~60, 120~",
                "Ip~~192.168.1.256~",
                "Fqdn~..63~a b~",
                "UserId~..63~a b~",
                "Phone~..39~12 é~",
                "ActivationCode~..7~*6a~",
                "ActivationCode~..7~*1234567~it has 8 characters",
                "PhoneTemplate~..39~14;8~",
                "Version~~7 4~",
                "Url~~http://h/a b~",
                "Cadence~..127~60(2)~'2' is not on/off",
                "Cadence~..127~60(2/4~'60(2/4' is not seconds(...)",
                "Cadence~..127~60(1/1,1/1,1/1,1/1,1/1,1/1,1/1)~it has 7 segments in a section",
                "Cadence~..127~60(2/4);1(1/1);1(1/1)~it has 3 sections",
                "Frequencies~..127~440~'440' is not Hz@dBm",
                "Frequencies~~1@1,1@1,1@1,1@1,1@1,1@1,1@1~it has 7 frequencies",
                "Tone~..127~350@-19~it has no section seconds(on/off/which)",
                "Tone~..127~350@-19;10(*/0/2)~'*/0/2' names frequency 2 of 1",
                "Tone~..127~350@-19;10(*/0)~'*/0' is not on/off/which",
                "Ring~~Classic~",
                "DialPlan~~xx.~it does not begin with '('",
                "DialPlan~~(xx.~the parenthesis at character 1 is not closed",
                "DialPlan~~(xx.||0)~a sequence is empty at character 6",
                "DialPlan~~([2-9)~'[' at character 2 has no meaning there or is not closed",
                "DialPlan~~(<:1408xx)~'<' at character 2 has no meaning there or is not closed",
                "DialPlan~~(xx.)x~'x' stands behind the closing parenthesis",
                "Condition~~($PRVTMR gt 1)~parentheses must not stand around it",
                "Condition~~$PRVTMR bigger 1~bigger is no operator: one of = != < <= > >= eq ne lt le gt ge, in lower case",
                "Rule~~[--key x http://h/p~at character 1: ']' is missing",
                "Text~..3~abcd~it has 4 characters",
            })
    void complaint_ofSomethingElse_saysWhatIsWrong(String type, String allowed, String value, String expected) {
        ValueCheck check = ValueCheck.of("Profile_Rule", type, allowed == null ? "" : allowed);
        assertThat(check.complaint(value)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void of_unknownType_isRefused() {
        assertThatThrownBy(() -> ValueCheck.of("X", "Colour", "")).hasMessage("there is no type 'Colour'");
    }

    @Test
    void allowed_tellsRangesInWords() {
        assertThat(ValueCheck.of("X", "Int", "0..255").allowed()).isEqualTo("a whole number, 0 to 255");
        assertThat(ValueCheck.of("X", "Text", "..63").allowed()).isEqualTo("any text, length 0 to 63");
    }
}
