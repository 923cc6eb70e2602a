package dev.provhub.order.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.config.OrderMappingReader;
import dev.provhub.order.KnownModels;
import dev.provhub.order.LineOrder;
import dev.provhub.order.OrderAction;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.OrderProblem;
import dev.provhub.order.OrderReadings;
import dev.provhub.order.SettingCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mapping of a site's own names, and what it makes of a site's own messages. */
class SiteMappingTest {
    private static final SettingCheck PARAMETERS = new SettingCheck() {
        @Override
        public boolean isKnown(String parameter) {
            return Set.of("Time_Zone", "Station_Name", "Dial_Plan_1_", "User_Password")
                    .contains(parameter);
        }

        @Override
        public Optional<String> complaint(String parameter, String value) {
            return parameter.equals("Time_Zone") && !value.startsWith("GMT")
                    ? Optional.of("GMT, with hours")
                    : Optional.empty();
        }
    };
    private static final String MAPPING = """
            json:
              items: $.services
            fields:
              macAddress:      { names: [mac, "$.customer.phone.mac"], required: yes }
              deviceModel:     { names: ["@.equipment[type=phone].model"], required: yes }
              lineNumber:      { names: ["@.line"], default: 1 }
              directoryNumber: { names: ["@.number"], convert: { e164: { country: 49, area: 89 } } }
              sipUser:         { names: ["@.user", user], default: "${directoryNumber}", required: yes, convert: digits }
              sipPassword:     { names: ["@.secret"], generate: yes }
              sipDomain:       { default: sip.example.net }
              plan:            { names: ["@.tariff"], convert: [lower, { lookup: { table: plans.csv, key: tariff, value: plan } }] }
              externalId:      { names: ["$.id"] }
              action:          { names: ["@.verb"], convert: { map: { NEW: add, CHANGE: modify, CEASE: delete } } }
            settings:
              Time_Zone:       { names: ["$.customer.zone"], convert: { map: { Europe/Berlin: GMT+01:00, nowhere: "", wrong: summer } } }
              "Dial_Plan_${lineNumber}_": { names: ["@.dialing"], default: "(x.)" }
              User_Password:   { names: ["@.menuPassword"] }
            """;
    private static final String MESSAGE = """
            {"id": "C-7", "customer": {"phone": {"mac": "00-0E-08-AA-BB-01"}, "zone": "europe/berlin"},
             "services": [
               {"verb": "new", "line": 1, "number": "089 / 2000-17", "tariff": "GOLD", "secret": "Pw-rosebud",
                "equipment": [{"type": "router", "model": "X"}, {"type": "phone", "model": "spa-508g"}], "menuPassword": "hush"},
               {"verb": "NEW", "line": 2, "number": "+49 (0)89 200018", "tariff": "gold",
                "equipment": [{"type": "phone", "model": "SPA508G"}]}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void maskOfASecret_isTheOneThatTheItemHas_orRefused() throws IOException {
        OrderMapping mapping = mapping(MAPPING.replace("@.menuPassword", "code"));
        Map<String, String> named =
                new HashMap<>(Map.of("mac", "0002fdff2103", "user", "12", "code", "hush-1", "@.secret", "Pw-rosebud"));
        named.put("@.equipment[type=phone].model", "SPA508G");
        LineOrder was = order(mapping, named, null);
        assertThat(mapping.isSecret("code"))
                .as("it tells a parameter that is one")
                .isTrue();
        named.put("code", "******");
        named.put("@.secret", "******");

        assertThat(order(mapping, named, was)).isEqualTo(was);
        assertThat(mapping.read(OrderAction.ADD, named, new KnownModels()))
                .isInstanceOfSatisfying(OrderMapping.Reading.Bad.class, bad -> assertThat(bad.problems())
                        .extracting(OrderProblem::message)
                        .containsExactlyInAnyOrder(
                                "code '******' is not allowed: the secret itself, not its mask",
                                "@.secret '******' is not allowed: the secret itself, not its mask"));
        named.put("code", "hush-2");
        assertThat(order(mapping, named, was)).isNotEqualTo(was);
    }

    private static LineOrder order(OrderMapping mapping, Map<String, String> named, @Nullable LineOrder was) {
        return OrderReadings.good(mapping, named, was);
    }

    private OrderMapping mapping(String text) throws IOException {
        Files.writeString(folder.resolve("plans.csv"), "tariff,plan\n# the old ones\ngold,office\nsilver,home\n");
        return OrderMappingReader.read(Files.writeString(folder.resolve("order-mapping.yaml"), text), PARAMETERS);
    }

    private List<OrderPreview.Shown> shown(String message) throws IOException {
        return new OrderPreview(mapping(MAPPING), new KnownModels()).ofMessage(message);
    }

    @Test
    void message_forAnUnknownModel_wouldBeHeldAndNotRefused() throws IOException {
        OrderPreview.Shown shown = shown(MESSAGE.replace("spa-508g", "T46S")).get(0);

        assertThat(shown.problems()).isEmpty();
        assertThat(shown.wanted().orElseThrow()).contains("'T46S' is not known");
        assertThat(shown.fields()).containsEntry("deviceModel", "T46S");
    }

    @Test
    void nameThatNothingTakes_isToldForItself() throws IOException {
        String order = """
                {"serviceOrderItem": [{"id": "1", "action": "modify", "service": {"serviceCharacteristic": [
                   {"name": "mac", "value": "000e08aabb01"}, {"name": "sipDomian", "value": "x.example.net"}]}}]}
                """;
        assertThat(shown(order)).singleElement().satisfies(one -> {
            assertThat(one.unused()).containsExactly("sipDomian");
            assertThat(one.problems()).isEmpty();
        });
        assertThat(shown(MESSAGE)).flatExtracting(OrderPreview.Shown::unused).isEmpty();
    }

    @Test
    void message_ofTheSite_becomesItsItems() throws IOException {
        List<OrderPreview.Shown> shown = shown(MESSAGE);

        assertThat(shown).extracting(OrderPreview.Shown::externalId).containsExactly("C-7", "C-7");
        assertThat(shown).flatExtracting(OrderPreview.Shown::problems).isEmpty();
        assertThat(shown.get(0).fields())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "macAddress", "000e08aabb01",
                        "lineNumber", "1",
                        "deviceModel", "SPA508G",
                        "directoryNumber", "+4989200017",
                        "sipUser", "4989200017",
                        "sipPassword", "******",
                        "sipDomain", "sip.example.net",
                        "plan", "office"));
        assertThat(shown.get(0).settings())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("Time_Zone", "GMT+01:00", "Dial_Plan_1_", "(x.)", "User_Password", "******"));
        assertThat(shown.get(1).fields())
                .containsEntry("lineNumber", "2")
                .containsEntry("directoryNumber", "+4989200018")
                .containsEntry("sipPassword", "******");
        assertThat(shown.get(1).settings()).containsEntry("Dial_Plan_2_", "(x.)");
    }

    @Test
    void values_thatCannotBeConverted_areNamedWithWhatIsAllowed() throws IOException {
        assertThat(shown(MESSAGE.replace("GOLD", "platinum")
                                .replace("089 / 2000-17", "call me")
                                .replace("europe/berlin", "Atlantis"))
                        .get(0)
                        .problems())
                .anyMatch(problem ->
                        problem.startsWith("@.number 'call me' is not allowed: a telephone number of 7 to 15"))
                .anyMatch(problem ->
                        problem.equals("@.tariff 'platinum' is not allowed: a word of the column tariff of plans.csv"))
                .anyMatch(problem -> problem.startsWith("$.customer.zone 'Atlantis' is not allowed: Europe/Berlin"));
        assertThat(shown(MESSAGE.replace("europe/berlin", "wrong")).get(0).problems())
                .containsExactly("$.customer.zone 'wrong' is not allowed: Time_Zone takes GMT, with hours");
        assertThat(shown(MESSAGE.replace("\"verb\": \"new\"", "\"verb\": \"steal\""))
                        .get(0)
                        .problems())
                .allMatch(problem -> problem.contains("@.verb 'steal'"));
        assertThat(shown("[]").get(0).problems()).isNotEmpty();
        assertThat(shown("{\"serviceOrderItem\":[]}").get(0).problems()).isNotEmpty();
    }

    @Test
    void examples_ofASite_areReadAsTheHowToSays() throws IOException {
        for (String file : List.of(
                "docs/examples/site/order-mapping.yaml",
                "docs/examples/site/plans.csv",
                "config/tables/time-zones.csv")) {
            Files.copy(Path.of(file), folder.resolve(Path.of(file).getFileName()));
        }
        SettingCheck every = new SettingCheck() {
            @Override
            public boolean isKnown(String parameter) {
                return true;
            }

            @Override
            public Optional<String> complaint(String parameter, String value) {
                return Optional.empty();
            }
        };
        OrderPreview preview = new OrderPreview(
                OrderMappingReader.read(folder.resolve("order-mapping.yaml"), every), new KnownModels());
        List<OrderPreview.Shown> shown =
                new ArrayList<>(preview.ofMessage(Files.readString(Path.of("docs/examples/site/order.json"))));
        preview.ofCsv(Files.newInputStream(Path.of("docs/examples/site/orders.csv")), shown::add);

        assertThat(shown)
                .extracting(OrderPreview.Shown::externalId)
                .containsExactly("A-1001", "A-1001", "A-1002", "A-1003");
        assertThat(shown).extracting(one -> one.problems().size()).containsExactly(0, 0, 0, 1);
        assertThat(shown.get(0).fields()).containsEntry("sipUser", "4989200021").containsEntry("plan", "office");
        assertThat(shown.get(0).settings())
                .containsEntry("Time_Zone", "GMT+01:00")
                .containsEntry("Daylight_Saving_Time_Rule", "start=3/-1/7/2;end=10/-1/7/3;save=1");
    }

    @Test
    void setting_thatAConversionMakesBlank_isNotTold() throws IOException {
        assertThat(shown(MESSAGE.replace("europe/berlin", "nowhere")).get(0).settings())
                .doesNotContainKey("Time_Zone");
    }

    @Test
    void rows_ofAFile_areMappedByTheSameNames() throws IOException {
        List<OrderPreview.Shown> shown = new ArrayList<>();
        String csv = "mac;@.equipment[type=phone].model;@.number;@.verb;$.customer.zone;$.id\n"
                + "000e08aabb01;SPA508G;08920001;NEW;Europe/Berlin;R-1\n000e08aabb02;SPA508G;08920002;STEAL;;R-2\n";
        new OrderPreview(mapping(MAPPING), new KnownModels())
                .ofCsv(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), shown::add);

        assertThat(shown.get(0).fields()).containsEntry("sipUser", "498920001");
        assertThat(shown.get(0).settings()).containsEntry("Time_Zone", "GMT+01:00");
        assertThat(shown.get(1).problems()).singleElement().asString().contains("@.verb 'STEAL'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "convert: [lower, { lookup!convert: [loud, { lookup!11!'loud' is no conversion",
                "plans.csv, key: tariff!plans.csv, key: price!11!has no column price",
                "plans.csv!missing.csv!11!there is no file",
                "country: 49!country: DE!7!country 'DE' is not allowed",
                "$.customer.phone.mac!$.customer..mac!4!is no path",
                "items: $.services!items: services!2!is no path",
                "Time_Zone: !Thyme_Zone: !15!is not a parameter of any model",
                "${directoryNumber}!${displayName}!4!which is no field of the mapping",
                "lineNumber:      {!lineNumber:      { generate: yes,!4!is not made by the hub",
                "sipDomain:       { default: sip.example.net }!sipDomain: {}!4!'sipDomain' must be required or have a default"
            })
    void mistake_isNamedWithFileAndLine(String text, String instead, int line, String told) {
        assertThat(MAPPING).contains(text);
        assertThatThrownBy(() -> mapping(MAPPING.replace(text, instead)))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContaining("order-mapping.yaml:" + line)
                .hasMessageContaining(told);
    }

    @Test
    void table_withAWordTwice_isRefusedWithItsLine() throws IOException {
        mapping(MAPPING);
        Path table = Files.writeString(folder.resolve("plans.csv"), "tariff,plan\ngold,office\ngold,home\n");

        assertThatThrownBy(() -> OrderMappingReader.read(folder.resolve("order-mapping.yaml"), PARAMETERS))
                .hasMessageContaining(table.getFileName() + ":3");
    }
}
