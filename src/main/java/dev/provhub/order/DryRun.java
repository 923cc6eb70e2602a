package dev.provhub.order;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What stands in for the store in a dry run: reads go through to it, changes stay in memory. A file may be larger than
 * memory, so only the newest changes are remembered; a row that depends on one further back is judged by the store alone.
 */
final class DryRun {
    static final UnitOfWork NO_UNIT = new UnitOfWork() {
        @Override
        public <T> T run(Supplier<T> work) {
            return work.get();
        }
    };

    private static final int REMEMBERED = 100_000;

    private DryRun() {}

    /** Devices as they would be. */
    static final class Devices implements DeviceRepository {
        private final DeviceRepository real;
        private final Map<MacAddress, Device> changed = new Newest<>();

        Devices(DeviceRepository real) {
            this.real = real;
        }

        @Override
        public Optional<Device> findByMac(MacAddress mac) {
            return Optional.ofNullable(changed.get(mac)).or(() -> real.findByMac(mac));
        }

        @Override
        public Optional<Device> findByDirectory(String directory) {
            return real.findByDirectory(directory);
        }

        @Override
        public Device change(MacAddress mac, Change change) {
            Device after = change.apply(findByMac(mac));
            changed.put(mac, after);
            return after;
        }

        @Override
        public void delete(MacAddress mac) {
            throw new IllegalStateException("a dry run takes no device away");
        }
    }

    /** Orders that would be there. */
    static final class Orders implements OrderLedger {
        private final OrderLedger real;
        private final Map<String, ServiceOrder> added = new Newest<>();

        Orders(OrderLedger real) {
            this.real = real;
        }

        @Override
        public List<ServiceOrder> findByExternalIds(Collection<String> externalIds) {
            List<ServiceOrder> found = new ArrayList<>(real.findByExternalIds(externalIds));
            externalIds.stream()
                    .flatMap(id -> Optional.ofNullable(added.get(id)).stream())
                    .forEach(found::add);
            return found;
        }

        @Override
        public Set<MacAddress> openAmong(Collection<MacAddress> devices, Instant now) {
            return real.openAmong(devices, now);
        }

        /** What becomes of other orders no row tells. */
        @Override
        public List<String> waitingOn(MacAddress mac) {
            return List.of();
        }

        @Override
        public Optional<ServiceOrder> change(String id, UnaryOperator<ServiceOrder> change) {
            return Optional.empty();
        }

        @Override
        public void addAll(List<ServiceOrder> orders) {
            orders.forEach(order -> Optional.ofNullable(order.externalId()).ifPresent(id -> added.put(id, order)));
        }
    }

    private static final class Newest<K, V> extends LinkedHashMap<K, V> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }
}
