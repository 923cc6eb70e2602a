package dev.provhub.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceLabels;
import dev.provhub.device.MacAddress;
import dev.provhub.device.Resyncs;
import dev.provhub.pki.Revocation;
import dev.provhub.pki.Revocations;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The actions that are done to many devices.
 *
 * @param newKeys     gives a new random key and directory
 * @param revocations who is believed no more
 * @param revoked     has revocations counted at once
 * @param resyncs     tells devices to come
 */
public record BulkActions(
        DeviceStores stores,
        Supplier<DeviceKey> newKeys,
        Revocations revocations,
        Runnable revoked,
        Resyncs resyncs,
        Clock clock) {
    /** Names of all actions. */
    static final List<String> NAMES = List.of("export", "label", "resync", "revoke", "rotate");

    /** Fields of a body that belong to one action. */
    private static final Map<String, Set<String>> OWN =
            Map.of("label", Set.of("add", "remove"), "revoke", Set.of("reason"));

    /**
     * Reads what is wanted; {@code export} is not read here.
     *
     * @throws IllegalArgumentException when a field is not as it must be
     */
    BulkAction read(String name, JsonNode body, String who) {
        Set<String> own = OWN.getOrDefault(name, Set.of());
        Set<String> foreign = new TreeSet<>(Set.of("add", "remove", "reason"));
        foreign.removeAll(own);
        foreign.stream().filter(body::has).findFirst().ifPresent(field -> {
            throw new IllegalArgumentException("field '" + field + "' is not for action " + name);
        });
        return switch (name) {
            case "label" -> label(words(body, "add"), words(body, "remove"));
            case "rotate" -> this::rotate;
            case "revoke" -> revoke(reason(body));
            case "resync" -> resync(who);
            default ->
                throw new IllegalArgumentException(
                        "action '" + name + "' is not known; allowed: " + String.join(", ", NAMES));
        };
    }

    private static Set<String> words(JsonNode body, String field) {
        Set<String> words = new TreeSet<>();
        JsonNode list = body.path(field);
        if (!list.isMissingNode() && !list.isArray()) {
            throw new IllegalArgumentException("field '" + field + "' is no list of labels");
        }
        list.forEach(word -> words.add(word.isTextual() ? word.asText() : word.toString()));
        return DeviceLabels.checked(words);
    }

    private static String reason(JsonNode body) {
        String reason = body.path("reason").asText().strip();
        if (reason.isEmpty() || reason.length() > 200 || reason.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("reason is missing; allowed: 1 to 200 characters on one line");
        }
        return reason;
    }

    private BulkAction label(Set<String> add, Set<String> remove) {
        if (add.isEmpty() && remove.isEmpty()) {
            throw new IllegalArgumentException("action label needs 'add' or 'remove', a list of labels each");
        }
        if (add.stream().anyMatch(remove::contains)) {
            throw new IllegalArgumentException("a label cannot be added and removed at once");
        }
        return devices -> {
            Map<MacAddress, Set<String>> present = stores.labels().of(devices);
            List<MacAddress> fitting = devices.stream()
                    .filter(mac -> {
                        Set<String> after = new TreeSet<>(present.getOrDefault(mac, Set.of()));
                        after.removeAll(remove);
                        after.addAll(add);
                        return after.size() <= DeviceLabels.MOST;
                    })
                    .toList();
            int changed = stores.labels().change(fitting, add, remove);
            int full = devices.size() - fitting.size();
            String reason = full == 0 ? null : "a device may have " + DeviceLabels.MOST + " labels";
            return new BulkAction.Result(changed, full, reason);
        };
    }

    /** A device that was never given a key has nothing to rotate, and one whose rotation runs goes on with it. */
    private BulkAction.Result rotate(List<MacAddress> devices) {
        long changed = 0;
        for (MacAddress mac : devices) {
            boolean[] begun = new boolean[1];
            if (stores.devices().findByMac(mac).isPresent()) {
                stores.devices().change(mac, existing -> {
                    Device device = existing.orElseThrow(() -> new IllegalStateException("device " + mac + " is gone"));
                    DeviceKeys before = device.standing().keys();
                    begun[0] = before.current() != null && before.pending() == null;
                    return begun[0]
                            ? device.withStanding(device.standing().rotating(before.rotating(newKeys)))
                            : device;
                });
            }
            changed += begun[0] ? 1 : 0;
        }
        return BulkAction.Result.changed(changed);
    }

    private BulkAction revoke(String reason) {
        return new BulkAction() {
            @Override
            public Result apply(List<MacAddress> devices) {
                devices.forEach(mac ->
                        revocations.add(new Revocation(Revocation.Kind.MAC, mac.hex(), reason, clock.instant())));
                return Result.changed(devices.size());
            }

            @Override
            public void kept() {
                revoked.run();
            }
        };
    }

    private BulkAction resync(String who) {
        return devices -> {
            int taken = resyncs.enqueue(devices, who);
            int others = devices.size() - taken;
            return new BulkAction.Result(taken, others, others == 0 ? null : "a device cannot be told anything");
        };
    }
}
