package dev.provhub.profile.migration;

import dev.provhub.device.DeviceModel;
import dev.provhub.device.MacAddress;
import dev.provhub.profile.FlatProfileReader.Read;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider serves one device today.
 *
 * @param name       of the file, for people
 * @param mac        whose it is
 * @param parameters as the file has them, each once
 */
public record PresentFile(String name, MacAddress mac, DeviceModel model, List<Read> parameters) {
    /** Copies the list. */
    public PresentFile {
        parameters = List.copyOf(parameters);
    }

    Map<String, Read> byName() {
        Map<String, Read> byName = new LinkedHashMap<>();
        parameters.forEach(parameter -> byName.put(parameter.name(), parameter));
        return byName;
    }

    Optional<String> text(String parameter) {
        return parameters.stream()
                .filter(read -> read.name().equals(parameter) && !read.text().isEmpty())
                .map(Read::text)
                .findFirst();
    }

    /** Leaves the values out, some of which are secrets. */
    @Override
    public String toString() {
        return "PresentFile[" + name + "]";
    }
}
