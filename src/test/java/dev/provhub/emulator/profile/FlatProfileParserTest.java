package dev.provhub.emulator.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatProfileParserTest {
    private static List<Setting> parse(String xml) throws CorruptFileException {
        return FlatProfileParser.parse(xml.getBytes(StandardCharsets.UTF_8), AliasMap.NONE);
    }

    private static @Nullable String x(String element) throws CorruptFileException {
        List<Setting> settings = parse("<flat-profile>" + element + "</flat-profile>");
        assertThat(settings).hasSize(1);
        return settings.get(0).value();
    }

    @Test
    void parse_exampleOfTheGuides_keepsOrderAndAccessOnlyElements() throws CorruptFileException {
        assertThat(parse("""

                        <?xml version="1.0" encoding="UTF-8"?>
                        <!-- all phones -->
                        <device><top xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
                        <flat-profile xmlns="http://www.sipura.net/xsd/SPA941-1-2" xsi:schemaLocation="a b">
                          <Resync_Periodic>7200</Resync_Periodic>
                          <Profile_Rule ua="na">tftp://prov.example.net:6900/cisco/config/spa504.cfg</Profile_Rule>
                          <!-- <Admin_Passwd>x</Admin_Passwd> -->
                          <Speed_Dial_2_Name ua="rw"/>
                        </flat-profile></top></device>
                        """))
                .containsExactly(
                        new Setting("Resync_Periodic", "7200", ""),
                        new Setting("Profile_Rule", "tftp://prov.example.net:6900/cisco/config/spa504.cfg", "na"),
                        new Setting("Speed_Dial_2_Name", null, "rw"));
    }

    @Test
    void value_emptyForms_keepOnlyWithAccessAndNoContent() throws CorruptFileException {
        assertThat(x("<X/>")).isEmpty();
        assertThat(x("<X></X>")).isEmpty();
        assertThat(x("<X>  \n </X>")).isEmpty();
        assertThat(x("<X ua=\"rw\"></X>")).isEmpty();
        assertThat(x("<X group=\"Tab/Section\"/>")).isEmpty();
        assertThat(x("<X>\"\"</X>")).isEmpty();
        assertThat(x("<X ua=\"rw\"/>")).isNull();
        assertThat(x("<X ua='ro' />")).isNull();
    }

    @Test
    void value_whiteSpaceAndEscapes_areResolved() throws CorruptFileException {
        assertThat(x("<X>  a\n  b\r\nc </X>")).isEqualTo("a   b c");
        assertThat(x("<X>&amp;&lt;&gt;&apos;&quot;&#40;&#x2e;</X>")).isEqualTo("&<>'\"(.");
        assertThat(x("<X>a<!-- no -->b</X>")).isEqualTo("ab");
        assertThat(x("<X um=\"y\" user-access=\"z\">1</X>")).isEqualTo("1");
    }

    @Test
    void parse_hyphensAndDotsInNames_stay() throws CorruptFileException {
        assertThat(parse("<flat-profile><Auth_Resync-Reboot_1_>No</Auth_Resync-Reboot_1_>"
                        + "<G722.2_Enable_1_>Yes</G722.2_Enable_1_></flat-profile>"))
                .extracting(Setting::name)
                .containsExactly("Auth_Resync-Reboot_1_", "G722.2_Enable_1_");
    }

    @Test
    void parse_routerBlock_isNamedByPath() throws CorruptFileException {
        assertThat(parse("<flat-profile><router-configuration><Time_Setup><Resync_Timer>3600</Resync_Timer>"
                        + "<Off /></Time_Setup><Router_Mode>1</Router_Mode></router-configuration>"
                        + "<A>1</A></flat-profile>"))
                .containsExactly(
                        new Setting("router-configuration/Time_Setup/Resync_Timer", "3600", ""),
                        new Setting("router-configuration/Time_Setup/Off", "", ""),
                        new Setting("router-configuration/Router_Mode", "1", ""),
                        new Setting("A", "1", ""));
    }

    @Test
    void parse_elementWithChildren_isUnknownAndPassedOver() throws CorruptFileException {
        assertThat(parse("<flat-profile><Unknown><A>1</A><B/></Unknown><C>2</C></flat-profile>"))
                .containsExactly(new Setting("C", "2", ""));
    }

    @Test
    void parse_otherEncodingDeclared_isHonoured() throws CorruptFileException {
        byte[] latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><flat-profile><X>\u00e9</X></flat-profile>"
                .getBytes(Charset.forName("ISO-8859-1"));

        assertThat(FlatProfileParser.parse(latin, AliasMap.NONE)).containsExactly(new Setting("X", "\u00e9", ""));
    }

    @Test
    void parse_latinWithoutDeclaration_isRead() throws CorruptFileException {
        byte[] latin = "<flat-profile><X>\u00e9</X></flat-profile>".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(FlatProfileParser.parse(latin, AliasMap.NONE)).containsExactly(new Setting("X", "\u00e9", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "foo", "us-ascii", "utf-8"})
    void parse_anyDeclaredEncoding_isUtf8(String declared) throws CorruptFileException {
        assertThat(parse("\ufeff\r\n<?xml version=\"1.0\" encoding=\"" + declared
                        + "\"?><flat-profile><X>\u00e9\ud83d\ude00</X></flat-profile>"))
                .containsExactly(new Setting("X", "\u00e9\ud83d\ude00", ""));
    }

    @Test
    void parse_aliasOfTwoTargets_fillsBoth() throws CorruptFileException {
        AliasMap aliases = AliasMap.parse("/a/n = /flat-profile/User_ID_1_ ; /a/n = /flat-profile/Display_Name_1_ ;");

        assertThat(FlatProfileParser.parse("<a><n>7</n></a>".getBytes(StandardCharsets.UTF_8), aliases))
                .containsExactly(new Setting("User_ID_1_", "7", ""), new Setting("Display_Name_1_", "7", ""));
    }

    /** The parser tells {@code <X/>} from {@code <X></X>} by offsets, which must hold over all buffer borders. */
    @Test
    void parse_longFile_tellsEmptyFormsApartEverywhere() throws CorruptFileException {
        StringBuilder xml = new StringBuilder("<flat-profile>");
        List<Setting> expected = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            xml.append("<K")
                    .append(i)
                    .append(" ua=\"rw\"/><C")
                    .append(i)
                    .append(" ua=\"rw\"></C")
                    .append(i)
                    .append(">");
            expected.add(new Setting("K" + i, null, "rw"));
            expected.add(new Setting("C" + i, "", "rw"));
        }

        assertThat(parse(xml.append("</flat-profile>").toString())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<flat-profile><A>1</flat-profile>",
                "<flat-profile><A>1</A>",
                "<flat-profile><A>a & b</A></flat-profile>",
                "<flat-profile><A>1</a></flat-profile>",
                "<html><body>Not here</body></html>",
                "<!DOCTYPE x [<!ENTITY e \"v\">]><flat-profile><A>&e;</A></flat-profile>",
                "<Flat-Profile><A>1</A></Flat-Profile>",
                "<"
            })
    void parse_notAProfile_isCorrupt(String xml) {
        assertThatThrownBy(() -> parse(xml)).isInstanceOf(CorruptFileException.class);
    }
}
