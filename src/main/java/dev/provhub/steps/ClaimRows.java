package dev.provhub.steps;

import dev.provhub.device.DeviceClaim;
import dev.provhub.device.MacAddress;
import dev.provhub.device.PlaceNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads claims out of rows and bodies: columns or fields {@code mac}, {@code serial}, {@code from} and {@code to}, {@code tenant}. */
final class ClaimRows {
    private static final Set<String> KNOWN = new TreeSet<>(Set.of("mac", "serial", "from", "to", "tenant"));

    private final List<String> columns;

    /** @throws IllegalArgumentException when a column is not known, stands twice, or one is missing */
    ClaimRows(List<String> header) {
        this.columns =
                header.stream().map(column -> column.toLowerCase(Locale.ROOT)).toList();
        Set<String> seen = new TreeSet<>();
        for (String column : columns) {
            if (!KNOWN.contains(column)) {
                throw new IllegalArgumentException(
                        "column '" + column + "' is not known; known are " + String.join(", ", KNOWN));
            }
            if (!seen.add(column)) {
                throw new IllegalArgumentException("column '" + column + "' stands twice");
            }
        }
        if (!seen.contains("tenant")) {
            throw new IllegalArgumentException("column 'tenant' is missing");
        }
    }

    /** @throws IllegalArgumentException naming what is wrong */
    List<DeviceClaim> claims(List<String> cells) {
        if (cells.size() > columns.size()) {
            throw new IllegalArgumentException("the row has " + cells.size() + " cells, the header " + columns.size());
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            values.put(columns.get(i), cells.get(i));
        }
        return claims(values);
    }

    /** @throws IllegalArgumentException naming what is wrong */
    static List<DeviceClaim> claims(Map<String, String> values) {
        String tenant = text(values, "tenant").orElseThrow(() -> new IllegalArgumentException("'tenant' is missing"));
        List<DeviceClaim> claims = new ArrayList<>();
        text(values, "mac").ifPresent(mac -> claims.add(DeviceClaim.ofMac(MacAddress.parse(mac), tenant)));
        text(values, "serial").ifPresent(serial -> claims.add(DeviceClaim.ofSerial(serial, tenant)));
        Optional<String> from = text(values, "from");
        Optional<String> to = text(values, "to");
        if (from.isPresent() != to.isPresent()) {
            throw new IllegalArgumentException("'from' and 'to' belong together");
        }
        if (from.isPresent() && to.isPresent()) {
            claims.add(DeviceClaim.ofRange(MacAddress.parse(from.get()), MacAddress.parse(to.get()), tenant));
        }
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("no device is named: 'mac', 'serial', or 'from' and 'to'");
        }
        return claims;
    }

    /** @throws IllegalArgumentException when one is for a tenant that does not exist */
    static List<DeviceClaim> placed(List<DeviceClaim> claims, PlaceNames places) {
        claims.stream().map(DeviceClaim::tenant).distinct().forEach(tenant -> places.noSuchTenant(tenant)
                .ifPresent(allowed -> {
                    throw new IllegalArgumentException("tenant '" + tenant + "' is not allowed: " + allowed);
                }));
        return claims;
    }

    private static Optional<String> text(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
