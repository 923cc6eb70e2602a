package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.profile.PublicAddresses;
import dev.provhub.templates.TemplateFiles;
import dev.provhub.templates.TemplateValues;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Step {@code templates}: the file of another vendor's phone. */
public final class TemplatesStep {
    private final Supplier<TemplateFiles> files;
    private final ProfileComposer composer;
    private final PublicAddresses.ByTenant addresses;

    /** @param files the templates in force; asked once for each file */
    public TemplatesStep(Supplier<TemplateFiles> files, ProfileComposer composer, PublicAddresses.ByTenant addresses) {
        this.files = files;
        this.composer = composer;
        this.addresses = addresses;
    }

    /**
     * Fills in the template of {@code hubModel}: with {@code hubDevice}, which is proven, the device's own file; else what
     * everybody may have, which sees no device.
     */
    public void render(Exchange exchange) {
        DeviceModel model = HubExchange.required(exchange, HubExchange.MODEL, DeviceModel.class);
        DeviceModel.Templates templates = Objects.requireNonNull(model.templates(), "a model with templates");
        Optional<Device> device = HubExchange.find(exchange, HubExchange.DEVICE, Device.class);
        byte[] body = device.isPresent()
                ? own(device.get(), model, templates)
                : files.get()
                        .render(
                                Objects.requireNonNull(templates.bootstrap(), "a template for everybody"),
                                TemplateValues.open(model, addresses.of(null)));
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, templates.contentType());
        exchange.setProperty(HubExchange.OUTCOME, "answered");
    }

    private byte[] own(Device device, DeviceModel model, DeviceModel.Templates templates) {
        PublicAddresses told = addresses.of(device.place().tenant());
        return files.get()
                .render(templates.own(), TemplateValues.of(device, model, told, composer.templated(device, model)));
    }
}
