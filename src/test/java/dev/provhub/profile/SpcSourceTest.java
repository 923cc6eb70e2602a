package dev.provhub.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.config.ShippedConfig;
import dev.provhub.profile.FlatProfileReader.Read;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpcSourceTest {
    private static List<Read> read(String text, Map<String, String> files) {
        return SpcSource.read(text, name -> Optional.ofNullable(files.get(name)));
    }

    @Test
    void read_statements_becomeParameters() {
        assertThat(read("""
                        # of the north
                        Proxy[1] "sip.example.net" ;
                        User ID[1] ? "4711" ; Resync_Periodic ! "3600";
                        import common.txt
                        Resync At (HHmm) "0300" ;  # at night
                        Dial_Plan_2_ "(xx.|#x)" ;
                        Entry ! ;
                        Profile_Rule
                          "http://h/a;b" ;
                        Proxy[1] "sip.example.org" ;
                        """, Map.of("common.txt", "Station_Name \"x\" ;\n")))
                .containsExactly(
                        new Read("Proxy_1_", "sip.example.org", UserAccess.NA, 10, false, null),
                        new Read("User_ID_1_", "4711", UserAccess.RO, 3, false, null),
                        new Read("Resync_Periodic", "3600", UserAccess.RW, 3, false, null),
                        new Read("Station_Name", "x", UserAccess.NA, 1, false, null),
                        new Read("Resync_At__HHmm_", "0300", UserAccess.NA, 5, false, null),
                        new Read("Dial_Plan_2_", "(xx.|#x)", UserAccess.NA, 6, false, null),
                        new Read("Entry", "", UserAccess.RW, 7, true, null),
                        new Read("Profile_Rule", "http://h/a;b", UserAccess.NA, 8, false, null));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("A \"1\" ;\nB \"2\"", "line 2: is no statement"),
                Arguments.of("A \"1 ;\n", "line 1: is no statement"),
                Arguments.of("A\nimport x", "line 1: is no statement"),
                Arguments.of("import nowhere.txt", "line 1: there is no file nowhere.txt"),
                Arguments.of("import loop.txt", "files import each other"),
                Arguments.of("= \"1\" ;", "line 1: is no statement"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void read_somethingElse_isRefusedWithItsLine(String text, String why) {
        assertThatThrownBy(() -> read(text, Map.of("loop.txt", "import loop.txt\n")))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining(why);
    }

    @Test
    void write_values_areReadBack() {
        Origin test = new Origin("test", null);
        List<ProfileValue> values = List.of(
                new ProfileValue("Proxy_1_", "sip.example.net", UserAccess.NA, test, false, List.of()),
                new ProfileValue("Resync_At__HHmm_", "0300", UserAccess.RW, test, false, List.of()),
                new ProfileValue(
                        "Profile_Rule", "[--key $(A)] http://h/p?a=1&b=2", UserAccess.RO, test, false, List.of()),
                new ProfileValue("router-configuration/SNMP/Enable", "0", null, test, false, List.of()));

        String text = SpcSource.write(values, ShippedConfig.DICTIONARY);

        assertThat(text).isEqualTo("""
                Proxy[1] "sip.example.net" ;
                Resync_At__HHmm_ ! "0300" ;
                Profile_Rule ? "[--key $(A)] http://h/p?a=1&b=2" ;
                """);
        assertThat(read(text, Map.of()))
                .extracting(Read::name, Read::text, Read::userAccess)
                .containsExactlyElementsOf(values.stream()
                        .limit(3)
                        .map(value ->
                                org.assertj.core.groups.Tuple.tuple(value.name(), value.text(), value.userAccess()))
                        .toList());
        List<ProfileValue> quoted =
                List.of(new ProfileValue("Station_Name", "say \"x\"", null, test, false, List.of()));
        assertThat(SpcSource.write(quoted, ShippedConfig.DICTIONARY))
                .isEqualTo("# Station_Name holds a quote, which cannot be written here\n");
    }
}
