package dev.provhub.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.ShippedConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceModelsTest {
    private final DeviceModels models = ShippedConfig.MODELS;

    @ParameterizedTest
    @CsvSource({
        "SPA508G, SPA508G",
        "spa508g, SPA508G",
        "SPA-508G, SPA508G",
        "508G, SPA508G",
        "SPA-942, SPA942",
        "spa 942, SPA942",
        "CP-8841-3PCC, CP-8841-3PCC",
        "8841-3pcc, CP-8841-3PCC",
        "cp88413pcc, CP-8841-3PCC",
        "ATA191-MPP, ATA191",
        "ata191, ATA191",
        "2000, SPA-2000",
    })
    void find_anyNameOfModel_givesModel(String name, String model) {
        assertThat(models.find(name).map(DeviceModel::name)).contains(model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "SPA999", "SPA508"})
    void find_otherName_givesNothing(String name) {
        assertThat(models.find(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Linksys/SPA-942-6.1.5(a) (88019FA42805), SPA942, 6.1.5(a), -, 88019FA42805",
                "Linksys/SPA-2102-2.0.5 (88012BA01234), SPA2102, 2.0.5, -, 88012BA01234",
                "Linksys/PAP2T-5.1.6(LS), PAP2T, 5.1.6(LS), -, -",
                "Sipura/SPA2002-3.1.2(a), SPA-2002, 3.1.2(a), -, -",
                "Cisco/SPA508G-7.4.8a (0002FDFF2103)(CBT141400UK), SPA508G, 7.4.8a, 0002fdff2103, CBT141400UK",
                "Linksys/SPA504G-7.4.3a, SPA504G, 7.4.3a, -, -",
                "Cisco/SPA525G-7.4.7 (CBT141900G7), SPA525G, 7.4.7, -, CBT141900G7",
                "Cisco/SPA112-1.4.1(SR5) (88755A123456), SPA112, 1.4.1(SR5), 88755a123456, -",
                "cisco/SPA-100-1.3.0 (CCQ123), -, 1.3.0, -, CCQ123",
                "Cisco/ATA191-MPP-11-1-0-MSR4 (FCH2443D9R4), ATA191, 11-1-0-MSR4, -, FCH2443D9R4",
                "Cisco-CP-8841-3PCC/11.0 (00562b043615), CP-8841-3PCC, 11.0, 00562b043615, -",
                "Cisco-CP-7832-3PCC/11.0.1 (00562b043615), CP-7832-3PCC, 11.0.1, 00562b043615, -",
            })
    void fromUserAgent_seenInTheField_isRead(String text, String model, String version, String mac, String serial) {
        UserAgentHint hint = models.fromUserAgent(text).orElseThrow();
        assertThat(hint.model() == null ? null : hint.model().name()).isEqualTo(model);
        assertThat(hint.version()).isEqualTo(version);
        assertThat(hint.mac() == null ? null : hint.mac().hex()).isEqualTo(mac);
        assertThat(hint.serial()).isEqualTo(serial);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "curl/7.88.1", "Cisco/", "Linksys/SPA-942"})
    void fromUserAgent_other_saysNothing(String text) {
        assertThat(models.fromUserAgent(text)).isEmpty();
    }

    @Test
    void fromUserAgent_shapeOfEveryModel_namesTheModel() {
        for (DeviceModel model : models.all()) {
            models.greeting(model).map(Greeting::userAgent).ifPresent(shape -> {
                String text = shape.replace("$PN", model.productNumber())
                        .replace("$SWVER", "7.5.2b")
                        .replace("$MAU", "0002FDFF2103")
                        .replace("$MA", "0002fdff2103")
                        .replace("$SN", "CBT141400UK");
                assertThat(models.fromUserAgent(text).map(UserAgentHint::model))
                        .as(text)
                        .contains(model);
            });
        }
    }
}
