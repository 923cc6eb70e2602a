package dev.provhub.device;

import dev.provhub.device.DeviceModel.Tls;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which ways to a first key are open, by the settings alone and never by what is known of a device.
 *
 * @param listeners    generations of TLS for which a listener is enabled
 * @param stagingPlain whether keys are given in clear in the staging ranges
 * @param targeted     families for which there is a profile compiler
 */
public record KeyWays(Set<Tls> listeners, boolean stagingPlain, Predicate<String> targeted) {
    /** Copies the set. */
    public KeyWays {
        listeners = Set.copyOf(listeners);
    }

    /** Why a device of a model cannot prove itself; empty when it can, and for a model that takes no profile. */
    public Optional<String> obstacle(DeviceModel model) {
        if (canProveItself(model)) {
            return Optional.empty();
        }
        String consequence = isClosedTo(model)
                ? "no way to a key for " + model.family()
                : "a key for " + model.family() + " by staging or a targeted profile only";
        return Optional.of("no listener that it can speak TLS to is enabled: " + consequence);
    }

    /** Models whose devices have no way to a key at all, in the order of the file. */
    public List<DeviceModel> closedTo(DeviceModels models) {
        return models.all().stream().filter(this::isClosedTo).toList();
    }

    private boolean isClosedTo(DeviceModel model) {
        return !canProveItself(model) && !stagingPlain && !targeted.test(model.family());
    }

    private boolean canProveItself(DeviceModel model) {
        return model.provisionable().map(how -> listeners.contains(how.tls())).orElse(true);
    }
}
