package dev.provhub.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.config.ShippedConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileRulesTest {
    private static final String HOME = "https://h/b/$(PSN)/$(MA).cfg?sn=$(SN)&sw=$(SWVER)";
    private static final String OWN = "http://h:8080/p/abc/$(P)/$(SWVER)/profile.cfg";

    @Test
    void bootstrap_url_isTheRule() {
        assertThat(ProfileRules.bootstrap(HOME)).isEqualTo(HOME);
    }

    @Test
    void secured_firmwareWithLists_goesHomeAfterLongWaits() {
        assertThat(ProfileRules.secured(ShippedConfig.model("CP-8841-3PCC"), HOME, OWN))
                .isEqualTo("($PRVST eq 2 and $PRVTMR ge 3600)? " + HOME + " | [--key $(SA)] " + OWN);
        assertThat(ProfileRules.secured(ShippedConfig.model("SPA508G"), HOME, OWN))
                .isEqualTo("($PRVST eq 2 and $PRVTMR ge 3600)? " + HOME + " | [--key $(A)] " + OWN);
    }

    @Test
    void secured_firmwareWithOneDelay_goesHomeInTurns() {
        assertThat(ProfileRules.secured(ShippedConfig.model("SPA942"), HOME, OWN))
                .isEqualTo("($PRVST eq 2 and \"$O\" eq \"h\")? ( o = \"\" )! " + HOME
                        + " | ( o = \"h\" )! [--key $(SA)] " + OWN);
    }

    @Test
    void secured_modelThatTakesNoProfile_isRefused() {
        assertThatThrownBy(() -> ProfileRules.secured(ShippedConfig.model("RTP300"), HOME, OWN))
                .hasMessage("model RTP300 cannot be provisioned");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/spa942.cfg",
                "ftp://h/x",
                "http://h",
                "http://[::1]/x",
                "http://h/a b",
                "http://h/a|b",
                "http://h/a)b",
                "http://h/(a",
                "http://h/a]b",
                "http://h/a\"b",
                "http://h/$PSN.cfg",
                "http://h/$(psn).cfg",
                "http://h/$(CCERT:0).cfg",
                "http://h/a;b",
                "http://h/a\nb",
                "tftp://h/a?b=c",
            })
    void bootstrap_urlThatPhonesMisread_isRefused(String url) {
        assertThatThrownBy(() -> ProfileRules.bootstrap(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secured_refusedUrl_isNotInTheMessage() {
        assertThatThrownBy(() -> ProfileRules.secured(ShippedConfig.model("SPA942"), HOME, "http://h/p/geheim/ x"))
                .hasMessageNotContaining("geheim");
    }
}
