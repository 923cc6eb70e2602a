package dev.provhub.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private final Facts facts = name -> new Fact(
            Map.of("device.mac", "000e08abcdef", "line.sipPassword", "s3cret ${device.mac}")
                    .get(name),
            name.equals("line.sipPassword"));

    @ParameterizedTest
    @CsvSource({
        "plain $(MA) $PN, plain $(MA) $PN",
        "x-${device.mac}-y, x-000e08abcdef-y",
        "${device.serial:-none}, none",
        "${device.serial:-}, ''",
        "${device.mac:-none}, 000e08abcdef",
        "${device.mac:+there}, there",
        "'', ''",
    })
    void render_knownFacts_givesText(String source, String text) {
        assertThat(Template.parse(source, Placeholders.SHARED).render(facts).text())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${device.serial}", "a${device.mac}${device.serial}", "${device.serial:+there}"})
    void render_missingFact_givesNothing(String source) {
        assertThat(Template.parse(source, Placeholders.SHARED).render(facts).text())
                .isNull();
    }

    @Test
    void render_secretFact_isSecretAndNotReadAgain() {
        Fact fact =
                Template.parse("pw=${line.sipPassword}", Placeholders.SHARED).render(facts);
        assertThat(fact.text()).isEqualTo("pw=s3cret ${device.mac}");
        assertThat(fact.secret()).isTrue();
        assertThat(fact.toString()).doesNotContain("s3cret");
    }

    @Test
    void parse_unknownPlaceholder_isRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> Template.parse("${device.colour}", Placeholders.SHARED))
                .hasMessageStartingWith("${device.colour} is not known; there are device.domains, device.mac,");
        assertThatThrownBy(() -> Template.parse("${setting.colour}", Placeholders.SHARED))
                .hasMessage(
                        "setting 'colour' is not known; there are firmwareTransport, firmwareVersion, profileSealing,"
                                + " profileTransport");
    }

    @Test
    void parse_placeholderOfTheHub_isForTheHubAlone() {
        Template.parse("${key}", Placeholders.HUB);
        assertThatThrownBy(() -> Template.parse("${key}", Placeholders.SHARED))
                .hasMessageStartingWith("${key} is not known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${device.mac", "${}", "${device.mac:x}"})
    void parse_malformedPlaceholder_isRefused(String source) {
        assertThatThrownBy(() -> Template.parse(source, Placeholders.SHARED))
                .hasMessageContaining("begins a placeholder");
    }
}
