package dev.provhub.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlatProfileWriterTest {
    private static final Origin TEST = new Origin("test", null);

    @Test
    void write_nothing_isAnEmptyRoot() {
        assertThat(write()).isEqualTo("<flat-profile>\n</flat-profile>\n");
    }

    @Test
    void write_emptyValue_hasBothTags() {
        assertThat(write(value("Resync_Trigger_1", ""))).contains("<Resync_Trigger_1></Resync_Trigger_1>\n");
    }

    @Test
    void write_specialCharacters_areEscaped() {
        assertThat(write(value("X", "a<b>&'\"z"))).contains("<X>a&lt;b&gt;&amp;&apos;&quot;z</X>");
    }

    @Test
    void write_otherThanAscii_isNumbered() {
        assertThat(write(value("X", "B\u00fcro \ud83d\ude00\u007f"))).contains("<X>B&#252;ro &#128512;&#127;</X>");
    }

    @Test
    void write_userAccess_standsOnlyWhereAsked() {
        ProfileValue shown = new ProfileValue("X", "1", UserAccess.RW, TEST, false, List.of());
        assertThat(write(shown, value("Y", "2"))).contains("<X ua=\"rw\">1</X>\n<Y>2</Y>\n");
    }

    @Test
    void write_sections_standTogetherWhereTheFirstStands() {
        assertThat(write(value("r/A/x", "1"), value("P", "2"), value("r/B", "3"), value("r/A/y", "4")))
                .isEqualTo("""
                        <flat-profile>
                        <r>
                        <A>
                        <x>1</x>
                        <y>4</y>
                        </A>
                        <B>3</B>
                        </r>
                        <P>2</P>
                        </flat-profile>
                        """);
    }

    @Test
    void write_valueInsideAValue_isRefused() {
        assertThatThrownBy(() -> write(value("A", "1"), value("A/b", "2"))).hasMessage("A/b lies inside a value");
    }

    private static ProfileValue value(String name, String text) {
        return new ProfileValue(name, text, null, TEST, false, List.of());
    }

    private static String write(ProfileValue... values) {
        byte[] bytes = FlatProfileWriter.write(new Profile(Profile.Kind.FULL, "1.0", List.of(values), List.of()));
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
