package dev.provhub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.profile.Parameter;
import dev.provhub.profile.ParameterDictionary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterDictionaryReaderTest {
    private static final String HEADER = "name,type,allowed,default,models,secret,section,note\n";

    @TempDir
    Path folder;

    @Test
    void read_shippedTables_takeTheirOwnDefaults() {
        for (String group : ShippedConfig.GROUPS) {
            for (String name : new String[] {"Profile_Rule", "Resync_Periodic", "Proxy_1_", "GPP_A", "Upgrade_Rule"}) {
                Parameter parameter =
                        ShippedConfig.DICTIONARY.find(name).orElseThrow().parameter();
                assertThat(parameter.holdsFor(group)).as(name + " " + group).isTrue();
                parameter.defaultFor(group).ifPresent(value -> assertThat(parameter.accepts(value))
                        .isEmpty());
            }
        }
    }

    @Test
    void read_row_isAParameter() throws IOException {
        Parameter parameter = read("X_n_,Int,\"2,96..127\",A=97 ;; B=,A|B,yes,S/T,a note\n")
                .find("X_3_")
                .orElseThrow()
                .parameter();
        assertThat(parameter.name()).isEqualTo("X_n_");
        assertThat(parameter.type()).isEqualTo("Int");
        assertThat(parameter.groups()).containsExactlyInAnyOrder("A", "B");
        assertThat(parameter.secret()).isTrue();
        assertThat(parameter.defaultFor("A")).contains("97");
        assertThat(parameter.defaultFor("B")).contains("");
        assertThat(parameter.defaultFor("C")).isEmpty();
        assertThat(parameter.accepts("2")).isEmpty();
        assertThat(parameter.accepts("3")).isPresent();
    }

    @Test
    void read_mistakes_areRefusedWithFileAndLine() {
        assertThatThrownBy(() -> read("X,Int,,,A,no,,\nY,Colour,,,A,no,,\n"))
                .hasMessageContaining("test.csv:3: Y: there is no type 'Colour'");
        assertThatThrownBy(() -> read("X,Int,a..b,,A,no,,\n"))
                .hasMessageContaining("'a..b' is not a number or a range");
        assertThatThrownBy(() -> read("X,Int,,,Z,no,,\n")).hasMessageContaining("there is no parameter group 'Z'");
        assertThatThrownBy(() -> read("X,Int,,,A\n")).hasMessageContaining("the row has 5 cells, not 8");
        assertThatThrownBy(() -> read("X,Int,,,A,no,,\nX,Int,,,A,no,,\n")).hasMessageContaining("X stands twice");
    }

    private ParameterDictionary read(String rows) throws IOException {
        Files.writeString(folder.resolve("test.csv"), HEADER + rows);
        return ParameterDictionaryReader.read(folder, Set.of("A", "B", "C"), Set.of());
    }
}
