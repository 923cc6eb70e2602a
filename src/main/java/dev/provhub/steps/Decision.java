package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What an asker may have, and why.
 *
 * @param kind   what routes choose by
 * @param reason in words for an operator
 * @param device only under proof
 * @param model  whose bootstrap or profile it is; null when nothing tells
 * @param file   name of an image or a certificate
 * @param tenant whose bootstrap it is, by the request alone; null for the provider's default
 * @param contradiction whether evidence speaks against what is known of the device
 */
record Decision(
        Kind kind,
        String reason,
        @Nullable Device device,
        @Nullable DeviceModel model,
        @Nullable String file,
        @Nullable String tenant,
        boolean contradiction) {
    enum Kind {
        BOOTSTRAP("bootstrap"),
        KEY("key"),
        TARGETED("targeted"),
        PROFILE("profile"),
        REPORT("report"),
        WIPE("wipe"),
        TEMPLATE("template"),
        FIRMWARE("firmware"),
        CERTIFICATE("certificate"),
        BUSY("busy"),
        NOTHING("nothing");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    static Decision nothing(String reason) {
        return new Decision(Kind.NOTHING, reason, null, null, null, null, false);
    }

    static Decision contradiction(String reason) {
        return new Decision(Kind.NOTHING, reason, null, null, null, null, true);
    }

    static Decision busy(String reason) {
        return new Decision(Kind.BUSY, reason, null, null, null, null, false);
    }

    static Decision bootstrap(String reason, @Nullable DeviceModel model, @Nullable String tenant) {
        return new Decision(Kind.BOOTSTRAP, reason, null, model, null, tenant, false);
    }

    static Decision template(String reason, @Nullable Device device, DeviceModel model) {
        return new Decision(Kind.TEMPLATE, reason, device, model, null, null, false);
    }

    static Decision file(Kind kind, String reason, String file) {
        return new Decision(kind, reason, null, null, file, null, false);
    }

    static Decision of(Kind kind, String reason, Device device, DeviceModel model) {
        return new Decision(kind, reason, device, model, null, null, false);
    }

    void writeTo(Exchange exchange) {
        exchange.setProperty(HubExchange.KIND, kind.word);
        exchange.setProperty(HubExchange.REASON, reason);
        exchange.setProperty(HubExchange.DEVICE, device);
        exchange.setProperty(HubExchange.MODEL, model);
        exchange.setProperty(HubExchange.FILE, file);
        exchange.setProperty(HubExchange.TENANT, tenant);
        exchange.setProperty(HubExchange.CONTRADICTION, contradiction);
    }
}
