package dev.provhub.profile;

import dev.provhub.device.DeviceModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The layers that are in force for devices of one model, tenant and plan: what all these devices have in common.
 *
 * @param site        base to plan, in the order in which they are laid; only what the model has
 * @param line        what the orders of its lines become
 * @param secured     the top of the profile
 * @param settings    setting by name, the topmost of each
 * @param notes       what the model does not have
 * @param fingerprint changes when anything changes that may show in a profile of these devices
 */
record LayerStack(
        List<Layer.Entry> site,
        List<Layer.Entry> line,
        List<Layer.Entry> secured,
        Map<String, String> settings,
        List<ProfileNote> notes,
        String fingerprint) {

    static LayerStack of(DeviceModel model, List<Layer> site, Layer line, Layer secured) {
        List<Layer.Entry> said = new ArrayList<>();
        List<ProfileNote> notes = new ArrayList<>();
        Map<String, String> settings = new TreeMap<>();
        for (Layer layer : site) {
            settings.putAll(layer.settings());
            for (Layer.Entry entry : layer.entries()) {
                if (!entry.isKnownTo(model)) {
                    notes.add(new ProfileNote(
                            entry.name(), entry.origin(), "model " + model.name() + " does not have it", List.of()));
                } else if (entry.delays().fits(model)) {
                    said.add(entry);
                }
            }
        }
        List<Layer.Entry> ofLine = fitting(line, model);
        List<Layer.Entry> ofSecured = fitting(secured, model);
        String fingerprint = fingerprint(settings, said, ofLine, ofSecured);
        return new LayerStack(
                List.copyOf(said), ofLine, ofSecured, Map.copyOf(settings), List.copyOf(notes), fingerprint);
    }

    private static List<Layer.Entry> fitting(Layer layer, DeviceModel model) {
        return layer.entries().stream()
                .filter(entry -> entry.isKnownTo(model) && entry.delays().fits(model))
                .toList();
    }

    /** What is surely hidden by a later value does not count. */
    private static String fingerprint(
            Map<String, String> settings, List<Layer.Entry> site, List<Layer.Entry> line, List<Layer.Entry> secured) {
        List<Layer.Entry> seen = new ArrayList<>();
        Map<String, Layer.Entry> above = new HashMap<>();
        for (int i = site.size() - 1; i >= 0; i--) {
            Layer.Entry entry = site.get(i);
            if (!isHidden(entry, above)) {
                seen.add(entry);
            }
            if (entry.covers()) {
                above.putIfAbsent(entry.name(), entry);
            }
        }
        Collections.reverse(seen);
        Fingerprint print = new Fingerprint();
        new TreeMap<>(settings).forEach((name, value) -> print.add(name).add(value));
        seen.forEach(entry -> entry.addTo(print));
        print.add("line");
        line.forEach(entry -> entry.addTo(print));
        print.add("secured");
        secured.forEach(entry -> entry.addTo(print));
        return print.hex();
    }

    private static boolean isHidden(Layer.Entry entry, Map<String, Layer.Entry> above) {
        Layer.Entry same = above.get(entry.name());
        Layer.Entry cover = same != null || entry.named() == null
                ? same
                : above.get(entry.named().parameter().name());
        return cover != null && (cover.template() == null || cover.userAccess() != null || entry.userAccess() == null);
    }
}
