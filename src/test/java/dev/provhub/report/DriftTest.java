package dev.provhub.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.DriftPolicyReader;
import dev.provhub.config.ShippedConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final DriftPolicy POLICY =
            DriftPolicyReader.read(Path.of("config/drift.yaml"), ShippedConfig.DICTIONARY);

    @Test
    void between_otherValue_isChanged() {
        Drift drift = Drift.between(
                List.of(given("Proxy_1_", "sip.example.net"), given("User_ID_1_", "user")),
                Map.of("Proxy_1_", "sip.evil.example", "User_ID_1_", "user"),
                name -> true);
        assertThat(drift.changed())
                .containsExactly(new Drift.Finding("Proxy_1_", "sip.example.net", "sip.evil.example", false));
    }

    @Test
    void between_sameInThePhonesWords_isNoDrift() {
        Drift drift = Drift.between(
                List.of(given("A", "Yes"), given("B", "0"), given("C", "a  b"), given("D", "No")),
                Map.of("A", "1", "B", "No", "C", " a b ", "D", "no"),
                name -> true);
        assertThat(drift.changed()).isEmpty();
    }

    @Test
    void between_passwordLeftOutOrBlanked_isNoDrift() {
        List<Drift.Given> secret = List.of(new Drift.Given("Password_1_", "s3cret", true));
        assertThat(Drift.between(secret, Map.of(), name -> true).changed()).isEmpty();
        assertThat(Drift.between(secret, Map.of("Password_1_", ""), name -> true)
                        .changed())
                .isEmpty();
        assertThat(Drift.between(secret, Map.of("Password_1_", "********"), name -> true)
                        .changed())
                .isEmpty();
    }

    @Test
    void between_notInTheReport_isNoDrift() {
        assertThat(Drift.between(List.of(given("A", "x")), Map.of(), name -> true)
                        .changed())
                .isEmpty();
    }

    @Test
    void between_namesNobodyKnows_areTold() {
        assertThat(Drift.between(List.of(), Map.of("A", "1", "B", "2"), name -> name.equals("A"))
                        .unknown())
                .containsExactly("B");
    }

    @Test
    void policy_shipped_restoresWhatCarriesCallsAndKeepsComfort() {
        assertThat(POLICY.of("Proxy_1_")).isEqualTo(DriftPolicy.Action.RESTORE);
        assertThat(POLICY.of("Ring_1_")).isEqualTo(DriftPolicy.Action.KEEP);
        assertThat(POLICY.of("Station_Name")).isEqualTo(DriftPolicy.Action.ASK);
    }

    private static Drift.Given given(String name, String text) {
        return new Drift.Given(name, text, false);
    }
}
