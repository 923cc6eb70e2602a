package dev.provhub.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionTest {
    @ParameterizedTest
    @CsvSource({
        "089 2000-17, +4989200017",
        "+49 (0)89 200017, +4989200017",
        "0049 89 200017, +4989200017",
        "200017, +4989200017",
        "+1 (212) 555.0100, +12125550100",
        "00123, ",
        "+49123456789012345, ",
        "089-CALL-ME, ",
        "1#2, "
    })
    void e164_ofNotations_isTheNumberWithItsCountry(String written, String number) {
        assertThat(Conversion.e164("49", "0", "00", "89").of(written).orElse(null))
                .isEqualTo(number);
    }

    @Test
    void e164_withoutAreaCode_refusesALocalNumber() {
        assertThat(Conversion.e164("49", "0", "00", "").of("200017")).isEmpty();
        assertThat(Conversion.e164("45", "", "00", "").of("33 12 34 56")).contains("+4533123456");
    }

    @Test
    void table_ofWords_doesNotCountCase() {
        assertThat(Conversion.table(Map.of("GOLD", "office"), false, "GOLD").of("gold"))
                .contains("office");
        assertThat(Conversion.table(Map.of("GOLD", "office"), false, "GOLD").of("lead"))
                .isEmpty();
        assertThat(Conversion.table(Map.of("GOLD", "office"), true, "GOLD").of("lead"))
                .contains("lead");
    }

    @Test
    void texts_areChangedAsTheyAreTold() {
        assertThat(Conversion.upper().of("tls")).contains("TLS");
        assertThat(Conversion.digits().of("MAC-7")).contains("7");
        assertThat(Conversion.prefix("cust-").of("x")).contains("cust-x");
        assertThat(Conversion.suffix("@x").of("y")).contains("y@x");
        assertThat(Conversion.replace(Pattern.compile("^(\\w+)@.*$"), "$1").of("kitchen@sip.example.net"))
                .contains("kitchen");
        assertThatThrownBy(() -> Conversion.replace(Pattern.compile("a"), "$1"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
