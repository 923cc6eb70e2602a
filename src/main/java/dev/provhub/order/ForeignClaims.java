package dev.provhub.order;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceClaims;
import dev.provhub.device.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds items for a tenant that name a device which is claimed for another tenant. Which one that is, nobody is told. */
final class ForeignClaims {
    private final DeviceClaims claims;
    private final Supplier<OrderMapping> mapping;

    ForeignClaims(DeviceClaims claims, Supplier<OrderMapping> mapping) {
        this.claims = claims;
        this.mapping = mapping;
    }

    /** Where nobody claims anything, one look is enough for many items. */
    boolean areThere() {
        return !claims.list(null, 0, 1).isEmpty();
    }

    /** Empty when all items may be. To be called inside the unit of work that keeps the order. */
    List<OrderProblem> problems(List<OrderItem> items) {
        List<OrderProblem> problems = new ArrayList<>();
        for (int index = 0; index < items.size(); index++) {
            LineOrder line = items.get(index).line();
            if (isForeign(line)) {
                OrderProblem problem = new OrderProblem(
                        mapping.get().nameOf(OrderField.MAC_ADDRESS),
                        line.mac().hex(),
                        "a device that is not claimed for another tenant");
                problems.add(items.size() > 1 ? problem.in("serviceOrderItem[" + index + "]") : problem);
            }
        }
        return problems;
    }

    private boolean isForeign(LineOrder line) {
        String tenant = line.values().get(OrderField.TENANT);
        return tenant != null
                && line.action() != OrderAction.NO_CHANGE
                && (isForeign(line.mac(), line.values().get(OrderField.SERIAL_NUMBER), tenant)
                        || line.swappedOut()
                                .filter(out -> isForeign(out, null, tenant))
                                .isPresent());
    }

    private boolean isForeign(MacAddress mac, @Nullable String serial, String tenant) {
        return isForeign(claims, mac, serial, tenant);
    }

    /** Whether a device, as it would be, is of a tenant while it is claimed for another one. */
    static boolean isForeign(DeviceClaims claims, Device device) {
        String tenant = device.place().tenant();
        return tenant != null && isForeign(claims, device.mac(), device.serial(), tenant);
    }

    private static boolean isForeign(DeviceClaims claims, MacAddress mac, @Nullable String serial, String tenant) {
        return claims.of(mac, serial).stream()
                .anyMatch(kept -> !kept.claim().tenant().equals(tenant));
    }
}
