package dev.provhub.store;

import dev.provhub.device.DeviceLabels;
import dev.provhub.device.MacAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Labels of devices in the database. */
public final class JdbcDeviceLabels implements DeviceLabels {
    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcDeviceLabels(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public Map<MacAddress, Set<String>> of(Collection<MacAddress> devices) {
        Map<MacAddress, Set<String>> labels = new HashMap<>();
        jdbc.query("""
                select mac, label from device_label
                where mac = any(cast(? as varchar array))
                """, Binder.of(devices.stream().map(MacAddress::hex).toList()), row -> labels.computeIfAbsent(
                        new MacAddress(row.getString("mac")), any -> new TreeSet<>())
                .add(row.getString("label")));
        return labels;
    }

    @Override
    public void replace(MacAddress mac, Set<String> labels) {
        Set<String> before = of(mac);
        Set<String> gone = new TreeSet<>(before);
        gone.removeAll(labels);
        change(List.of(mac), labels, gone);
    }

    @Override
    public int change(Collection<MacAddress> devices, Set<String> add, Set<String> remove) {
        return jdbc.run(() -> {
            List<MacAddress> held = hold(devices);
            Map<MacAddress, Set<String>> present = of(held);
            List<Binder> come = new ArrayList<>();
            List<Binder> gone = new ArrayList<>();
            int changed = 0;
            for (MacAddress mac : held) {
                Set<String> before = present.getOrDefault(mac, Set.of());
                Set<String> after = new TreeSet<>(before);
                after.removeAll(remove);
                after.addAll(add);
                changed += after.equals(before) ? 0 : 1;
                after.stream()
                        .filter(label -> !before.contains(label))
                        .forEach(label -> come.add(Binder.of(mac.hex(), label)));
                before.stream()
                        .filter(label -> !after.contains(label))
                        .forEach(label -> gone.add(Binder.of(mac.hex(), label)));
            }
            jdbc.batch("delete from device_label where mac = ? and label = ?", gone);
            jdbc.batch("insert into device_label (mac, label) values (?, ?) on conflict do nothing", come);
            return changed;
        });
    }

    /** Those that are there, whose rows are held until the end of the transaction: nobody labels them meanwhile. */
    private List<MacAddress> hold(Collection<MacAddress> devices) {
        return jdbc.query(
                """
                select mac from device where mac = any(cast(? as varchar array))
                order by mac for update
                """,
                Binder.of(devices.stream().map(MacAddress::hex).toList()),
                row -> new MacAddress(row.getString("mac")));
    }
}
