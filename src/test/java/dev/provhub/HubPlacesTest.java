package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.profile.Layer;
import dev.provhub.profile.LayerKind;
import dev.provhub.profile.Layers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HubPlacesTest {
    private final List<Layers> layers = new ArrayList<>();
    private final HubPlaces places = new HubPlaces(() -> layers, "west"::equals);

    private static Layers of(LayerKind kind, List<String> names) {
        Layers shipped = HubFiles.read(
                        dev.provhub.config.HubConfigReader.read(Path.of("").toAbsolutePath(), Map.of(), Map.of())
                                .folders())
                .layers();
        Layer any = shipped.site().get(LayerKind.PLAN).get("office");
        return new Layers(
                shipped.hub(),
                Map.of(kind, names.stream().collect(Collectors.toMap(Function.identity(), name -> any))));
    }

    @Test
    void noSuchPlan_few_namesAllOfThem() {
        assertThat(places.noSuchPlan("office")).contains("the name of a file in layers/plan, and there is none");
        layers.add(of(LayerKind.PLAN, List.of("office", "home")));

        assertThat(places.noSuchPlan("office")).isEmpty();
        assertThat(places.noSuchPlan("Office")).contains("the name of a file in layers/plan: home, office");
        assertThat(places.noSuchTenant("office")).contains("the name of a file in layers/tenant, and there is none");
        layers.add(of(LayerKind.PLAN, List.of("mobile")));
        assertThat(places.noSuchPlan("mobile")).as("on its way").isEmpty();
    }

    @Test
    void noSuchTenant_many_namesTheNearest() {
        layers.add(of(
                LayerKind.TENANT,
                IntStream.range(100, 400).mapToObj(i -> "customer-" + i).toList()));

        assertThat(places.noSuchTenant("west")).as("has addresses of its own").isEmpty();
        assertThat(places.noSuchTenant("custmer-123"))
                .contains("the name of a file in layers/tenant, of which there are 300; near it are customer-123,"
                        + " customer-103, customer-113, customer-120, customer-121");
        assertThat(places.noSuchTenant("nowhere"))
                .contains("the name of a file in layers/tenant, of which there are 300");
    }
}
