package dev.provhub.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneModelTest {
    static PhoneFacts facts(PhoneIdentity identity, PhoneMemory memory, boolean certificate) {
        return new PhoneFacts(identity, memory, new PhoneLines(new HandClock()), certificate);
    }

    @ParameterizedTest
    @CsvSource({
        "SPA942, 6.1.5(a), Linksys/SPA-942-6.1.5(a) (88019FA42805)",
        "SPA2102, 2.0.5, Linksys/SPA-2102-2.0.5 (88019FA42805)",
        "SPA508G, 7.4.8a, Cisco/SPA508G-7.4.8a (0002FDFF2103)(88019FA42805)",
        "SPA525G2, 7.4.7, Cisco/SPA525G2-7.4.7 (88019FA42805)",
        "SPA112, 1.4.1(SR5), Cisco/SPA112-1.4.1(SR5) (0002FDFF2103)",
        "ATA191, 11-1-0MPP0401-002, Cisco/ATA191-MPP-11-1-0MPP0401-002 (88019FA42805)",
        "CP_8841, sip88xx.11-0-0MPP-7, Cisco-CP-8841-3PCC/11.0 (0002fdff2103)",
        "CP_7841, sip78xx.11-0-1MPP-376, Cisco-CP-7841-3PCC/11.0.1 (0002fdff2103)",
    })
    void userAgent_eachGeneration_hasItsShape(PhoneModel model, String version, String expected) {
        PhoneIdentity identity = new PhoneIdentity(model, "0002fdff2103", "88019FA42805", version);

        assertThat(facts(identity, new PhoneMemory(identity, new ParameterTable(), false), true)
                        .userAgent())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "CP-8841-3PCC, CP_8841",
        "cp8841, CP_8841",
        "8841-3PCC, CP_8841",
        "SPA-942, SPA942",
        "508g, SPA508G",
        "ATA191, ATA191",
        "SPA2102, SPA2102",
        "8841, CP_8841",
    })
    void named_anyOfItsNames_isFound(String text, PhoneModel model) {
        assertThat(PhoneModel.named(text)).contains(model);
    }

    @Test
    void named_otherText_isEmpty() {
        assertThat(PhoneModel.named("SPA999")).isEmpty();
    }

    @Test
    void knows_whatFamiliesLack_isToldApart() {
        assertThat(PhoneModel.SPA504G.knows("GPP_SA")).isFalse();
        assertThat(PhoneModel.SPA942.knows("GPP_SA")).isTrue();
        assertThat(PhoneModel.SPA942.knows("Custom_CA_URL")).isFalse();
        assertThat(PhoneModel.SPA112.knows("Custom_CA_URL")).isTrue();
        assertThat(PhoneModel.CP_8841.knows("Custom_CA_URL")).isFalse();
        assertThat(PhoneModel.CP_8841.knows("Custom_CA_Rule")).isTrue();
        assertThat(PhoneModel.SPA942.knows("Resync_At__HHmm_")).isFalse();
        assertThat(PhoneModel.SPA504G.knows("router-configuration/Router_Mode")).isFalse();
    }

    @Test
    void expandWithSecrets_modelWithoutRegisters_keepsTheText() {
        for (PhoneModel model : new PhoneModel[] {PhoneModel.SPA504G, PhoneModel.SPA942}) {
            PhoneIdentity identity = new PhoneIdentity(model, "0002fdff2103", "1", "1.0");
            PhoneMemory memory = new PhoneMemory(identity, new ParameterTable(), false);
            memory.parameters().set("GPP_SA", "secret");
            PhoneFacts facts = facts(identity, memory, false);

            assertThat(facts.expand("$SA")).isEqualTo("$SA");
            assertThat(facts.expandWithSecrets("$(SA)")).isEqualTo(model == PhoneModel.SPA942 ? "secret" : "$(SA)");
        }
    }

    @Test
    void identity_wrongForms_areRefused() {
        assertThatThrownBy(() -> new PhoneIdentity(PhoneModel.PAP2T, "000E08AABBCC", "1", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twelve lower-case hex digits");
    }
}
