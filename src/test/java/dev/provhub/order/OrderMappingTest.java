package dev.provhub.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.OrderMappingReader;
import dev.provhub.device.MacAddress;
import dev.provhub.device.PlaceNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderMappingTest {
    private final OrderMapping mapping = OrderMappingReader.read(OrderWorld.SHIPPED_MAPPING);

    @Test
    void read_wholeLine_isChecked() {
        LineOrder order = good(
                OrderAction.ADD,
                OrderWorld.line(
                        "00:02:FD:FF:21:03",
                        8,
                        "deviceModel",
                        "spa-508g",
                        "sipTransport",
                        "tls",
                        "displayName",
                        "  Front desk ",
                        "plan",
                        ""));
        assertThat(order.mac()).isEqualTo(new MacAddress("0002fdff2103"));
        assertThat(order.lineNumber()).isEqualTo(8);
        assertThat(order.values())
                .containsEntry(OrderField.DEVICE_MODEL, "SPA508G")
                .containsEntry(OrderField.SIP_TRANSPORT, "TLS")
                .containsEntry(OrderField.DISPLAY_NAME, "Front desk")
                .doesNotContainKey(OrderField.PLAN);
        assertThat(order.shown()).containsEntry(OrderField.SIP_PASSWORD, "******");
        assertThat(order.toString()).doesNotContain("rosebud");
    }

    @Test
    void read_nothingOfWhatIsNeeded_namesEachField() {
        assertThat(bad(OrderAction.ADD, Map.of()))
                .extracting(OrderProblem::field)
                .containsExactly("macAddress", "deviceModel", "sipUser", "sipPassword", "sipDomain");
        assertThat(bad(OrderAction.ADD, Map.of()).get(0).message())
                .isEqualTo("macAddress is missing: twelve hex digits, alone or grouped with ':', '-' or '.'");
    }

    @Test
    void read_lineNumberLeftOut_isOne() {
        Map<String, String> named = new HashMap<>(OrderWorld.line("0002fdff2103", 1));
        named.remove("lineNumber");
        assertThat(good(OrderAction.ADD, named).lineNumber()).isEqualTo(1);
        assertThat(good(OrderAction.DELETE, Map.of("macAddress", "0002fdff2103"))
                        .lineNumber())
                .isEqualTo(1);
    }

    @Test
    void read_modify_needsTheMacAddressOnlyAndTakesNoDefaults() {
        LineOrder order = good(OrderAction.MODIFY, Map.of("macAddress", "0002fdff2103", "displayName", "x"));
        assertThat(order.values()).containsOnlyKeys(OrderField.DISPLAY_NAME);
        assertThat(bad(OrderAction.MODIFY, Map.of("displayName", "x"))).hasSize(1);
    }

    @Test
    void read_badValues_nameFieldValueAndAllowed() {
        assertThat(bad(OrderAction.ADD, OrderWorld.line("0002fdff2103", 9, "sipTransport", "SCTP")))
                .extracting(OrderProblem::message)
                .containsExactlyInAnyOrder(
                        "sipTransport 'SCTP' is not allowed: UDP, TCP or TLS",
                        "lineNumber '9' is not allowed: 1 to 8 for SPA508G");
    }

    @Test
    void read_badSecret_isMasked() {
        List<OrderProblem> problems =
                bad(OrderAction.ADD, OrderWorld.line("0002fdff2103", 1, "sipPassword", "röse\nbud"));
        assertThat(problems)
                .containsExactly(new OrderProblem("sipPassword", "******", "1 to 127 printable ASCII characters"));
        assertThat(bad(OrderAction.ADD, OrderWorld.line("0002fdff2103", 1, "sipPassword", "******")))
                .containsExactly(new OrderProblem("sipPassword", "******", "the secret itself, not its mask"));
    }

    @Test
    void read_models_anyNameButOnlyWhatCanBeProvisioned() {
        assertThat(good(OrderAction.ADD, OrderWorld.line("0002fdff2103", 1, "deviceModel", "508g"))
                        .value(OrderField.DEVICE_MODEL))
                .contains("SPA508G");
        assertThat(bad(OrderAction.ADD, OrderWorld.line("0002fdff2103", 1, "deviceModel", "SPA302D")))
                .extracting(OrderProblem::allowed)
                .containsExactly("a model that can be provisioned; SPA302D is provisioned through its base");
        assertThat(bad(OrderAction.ADD, OrderWorld.line("0002fdff2103", 1, "deviceModel", "T46S")))
                .extracting(OrderProblem::message)
                .containsExactly(
                        "deviceModel 'T46S' is not allowed: model, product number or series of a model in models.yaml");
    }

    @Test
    void read_unknownName_isIgnoredOrRefusedAsTheMappingSays() {
        Map<String, String> named = OrderWorld.line("0002fdff2103", 1, "segment", "gold");
        assertThat(good(OrderAction.ADD, named).values()).doesNotContainValue("gold");
        OrderMapping strict = new OrderMapping(mapping.uses(), false);
        assertThat(strict.read(OrderAction.ADD, named, new KnownModels()))
                .isInstanceOfSatisfying(OrderMapping.Reading.Bad.class, bad -> assertThat(bad.problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.message())
                                .startsWith("name 'segment' is not allowed: macAddress, ")));
    }

    @Test
    void isSecret_unknownNamesToo_whenTheyLookLikeOne() {
        assertThat(mapping.isSecret("SIPPASSWORD")).isTrue();
        assertThat(mapping.isSecret("voicemailPin")).isTrue();
        assertThat(mapping.isSecret("shipping")).isFalse();
        assertThat(mapping.isSecret("displayName")).isFalse();
    }

    @Test
    void read_placeThatIsNotThere_isRefusedButForWhatTheItemSaysAlready() {
        OrderMapping placed = mapping.withPlaces(new PlaceNames() {
            @Override
            public Optional<String> noSuchTenant(String name) {
                return Optional.of("north, south");
            }

            @Override
            public Optional<String> noSuchPlan(String name) {
                return name.equals("office") ? Optional.empty() : Optional.of("home, office");
            }
        });
        Map<String, String> named = OrderWorld.line("0002fdff2103", 1, "plan", "ofice", "tenant", "nroth");
        OrderMapping.Reading.Bad bad =
                (OrderMapping.Reading.Bad) placed.read(OrderAction.ADD, named, new KnownModels());

        assertThat(bad.problems())
                .extracting(OrderProblem::message)
                .containsExactlyInAnyOrder(
                        "plan 'ofice' is not allowed: home, office", "tenant 'nroth' is not allowed: north, south");
        assertThat(placed.read(
                        OrderAction.MODIFY, Map.of("macAddress", "0002fdff2103", "plan", "ofice"), new KnownModels()))
                .isInstanceOf(OrderMapping.Reading.Bad.class);
        assertThat(placed.read(OrderAction.ADD, named, new KnownModels(), good(OrderAction.ADD, named)))
                .isEqualTo(new OrderMapping.Reading.Good(good(OrderAction.ADD, named)));
        OrderMapping other = mapping.withPlaces(PlaceNames.ANY);
        assertThat(other.misplaced()).isEmpty();
    }

    private LineOrder good(OrderAction action, Map<String, String> named) {
        OrderMapping.Reading reading = mapping.read(action, named, new KnownModels());
        assertThat(reading).isInstanceOf(OrderMapping.Reading.Good.class);
        return ((OrderMapping.Reading.Good) reading).order();
    }

    private List<OrderProblem> bad(OrderAction action, Map<String, String> named) {
        OrderMapping.Reading reading = mapping.read(action, named, new KnownModels());
        assertThat(reading).isInstanceOf(OrderMapping.Reading.Bad.class);
        return ((OrderMapping.Reading.Bad) reading).problems();
    }
}
