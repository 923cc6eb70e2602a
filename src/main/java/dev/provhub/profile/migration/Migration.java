package dev.provhub.profile.migration;

import dev.provhub.device.DeviceModel;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import dev.provhub.profile.FlatProfileReader.Read;
import dev.provhub.profile.LayerBuilder;
import dev.provhub.profile.LayerValue;
import dev.provhub.profile.ParameterDictionary;
import dev.provhub.profile.ParameterDictionary.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Turns the files that a provider serves today into layers and values of devices: what all devices share goes into one layer,
 * what all of a model share into a layer of the model, accounts become lines, and the rest stays with its device. Secrets never
 * go up into a layer. What the hub itself sets (rules, key, directory) and what the dictionary refuses is left out and told.
 */
public final class Migration {
    private final ParameterDictionary dictionary;
    private final Set<String> reserved;
    private final Map<MacAddress, Map<String, Read>> rest = new LinkedHashMap<>();
    private final Map<MacAddress, List<Line>> lines = new LinkedHashMap<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    private Migration(ParameterDictionary dictionary, Set<String> reserved) {
        this.dictionary = dictionary;
        this.reserved = reserved;
    }

    /**
     * What became of the files.
     *
     * @param shared   values for all devices
     * @param ofModels values by model
     * @param devices  in the order of the files
     * @param leftOut  what was not taken over, and why
     */
    public record Result(
            List<Read> shared, Map<DeviceModel, List<Read>> ofModels, List<Own> devices, List<LeftOut> leftOut) {}

    /** What is one device's alone. */
    public record Own(MacAddress mac, DeviceModel model, List<Line> lines, List<Read> values) {
        /** Leaves the values out, some of which are secrets. */
        @Override
        public String toString() {
            return "Own[" + mac + "]";
        }
    }

    /** A parameter that was not taken over. */
    public record LeftOut(String file, int line, String parameter, String because) {}

    /** @param reserved parameters that the hub sets itself */
    public static Result of(List<PresentFile> files, ParameterDictionary dictionary, Set<String> reserved) {
        return new Migration(dictionary, reserved).run(files);
    }

    private Result run(List<PresentFile> files) {
        files.forEach(this::take);
        Map<DeviceModel, List<Read>> ofModels = new LinkedHashMap<>();
        Map<DeviceModel, List<PresentFile>> byModel = files.stream()
                .collect(Collectors.groupingBy(PresentFile::model, LinkedHashMap::new, Collectors.toList()));
        // What all devices of a single model share says nothing of others
        List<Read> shared = byModel.size() > 1 ? share(files) : List.of();
        byModel.forEach((model, ofModel) -> {
            // A single device of a model says nothing of the model
            if (ofModel.size() > 1) {
                ofModels.put(model, share(ofModel));
            }
        });
        ofModels.values().removeIf(List::isEmpty);
        List<Own> devices = files.stream()
                .map(file -> new Own(
                        file.mac(),
                        file.model(),
                        lines.getOrDefault(file.mac(), List.of()),
                        List.copyOf(rest.getOrDefault(file.mac(), Map.of()).values())))
                .toList();
        return new Result(shared, ofModels, devices, List.copyOf(leftOut));
    }

    private void take(PresentFile file) {
        Map<String, Read> values = new TreeMap<>();
        Set<String> ofLines = new LinkedHashSet<>();
        List<Line> accounts = new ArrayList<>();
        for (int number = 1; number <= file.model().lines(); number++) {
            Optional<Account> account = Account.of(file, number);
            account.ifPresent(found -> {
                accounts.add(found.line());
                ofLines.addAll(found.taken());
            });
        }
        for (Read parameter : file.parameters()) {
            Optional<String> why = whyNot(parameter, file.model());
            if (why.isPresent()) {
                leftOut.add(new LeftOut(file.name(), parameter.line(), parameter.name(), why.get()));
            } else if (!ofLines.contains(parameter.name())) {
                values.put(parameter.name(), parameter);
            }
        }
        rest.put(file.mac(), values);
        lines.put(file.mac(), accounts);
    }

    private Optional<String> whyNot(Read parameter, DeviceModel model) {
        if (parameter.keepsValue()) {
            return Optional.of("changes the user's access alone");
        }
        if (parameter.text().contains("${")) {
            return Optional.of("holds ${, which begins a placeholder here");
        }
        try {
            LayerBuilder builder = LayerBuilder.forModels("file", dictionary, List.of(model), reserved);
            LayerValue value = LayerValue.of(parameter.name(), parameter.text());
            if (dictionary.find(parameter.name()).isPresent()) {
                builder.value(value);
            } else {
                builder.extra(value);
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Takes out of these devices what all of them have alike. */
    private List<Read> share(List<PresentFile> files) {
        Map<String, Read> first = rest.getOrDefault(files.get(0).mac(), Map.of());
        List<Read> shared = first.values().stream()
                .filter(value -> !isSecret(value))
                .filter(value -> files.stream().allMatch(file -> {
                    Read other = rest.getOrDefault(file.mac(), Map.of()).get(value.name());
                    return other != null
                            && other.text().equals(value.text())
                            && other.userAccess() == value.userAccess();
                }))
                .toList();
        for (PresentFile file : files) {
            Map<String, Read> values = rest.get(file.mac());
            if (values != null) {
                shared.forEach(value -> values.remove(value.name()));
            }
        }
        return shared;
    }

    private boolean isSecret(Read value) {
        return dictionary
                .find(value.name())
                .map(Named::parameter)
                .filter(parameter -> parameter.secret())
                .isPresent();
    }
}
