package dev.provhub;

import dev.provhub.config.HubConfig;
import dev.provhub.config.Listener;
import dev.provhub.config.Listeners;
import dev.provhub.config.NotifySettings;
import dev.provhub.config.PublishSettings;
import dev.provhub.routing.BeansByName;
import dev.provhub.routing.RoutingContexts;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jetty.JettyHttpComponent;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.eclipse.jetty.server.SecureRequestCustomizer;

/** Camel contexts that know the hub's steps and settings; routes come later. */
record HubContext(HubParts parts) implements RoutingContexts {
    /** One in which routes can be tried: nothing that runs is touched by what it binds. */
    CamelContext trial() {
        return running(new BeansByName(Map::of));
    }

    /** One that knows the settings and no steps, because other files are wrong. */
    static CamelContext apart(HubConfig config) {
        DefaultCamelContext context = new DefaultCamelContext(false);
        context.disableJMX();
        ((PropertiesComponent) context.getPropertiesComponent()).setInitialProperties(placeholders(config));
        return context;
    }

    @Override
    public CamelContext running(BeanRepository siteBeans) {
        return create(siteBeans, new BeansByName(parts::steps));
    }

    /** Here steps are told in which context they are, and health is asked for. */
    @Override
    public CamelContext listening(BeanRepository siteBeans) {
        DefaultCamelContext context = create(siteBeans);
        parts.steps().forEach(context.getRegistry()::bind);
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        // Else Camel leaves out what is up
        health.setExposureLevel("full");
        parts.steps().values().stream().filter(HealthCheck.class::isInstance).forEach(health::register);
        return context;
    }

    @Override
    public void configured(CamelContext listening) {
        secureApi(listening, parts.config());
    }

    private DefaultCamelContext create(BeanRepository... beans) {
        DefaultCamelContext context = new DefaultCamelContext(false);
        DefaultRegistry registry = new DefaultRegistry(beans);
        registry.setCamelContext(context);
        context.getCamelContextExtension().setRegistry(registry);
        context.disableJMX();
        context.setStreamCaching(false);
        context.setLoadTypeConverters(false);
        prepare(context);
        return context;
    }

    /** What every context of the hub knows, whoever has made it. */
    void prepare(CamelContext context) {
        context.setApplicationContextClassLoader(parts.extClasses());
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        // The hub's own settings come first: the environment variable of a port may say 0 where a free one was picked.
        // Other placeholders of route files are still found in the environment.
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
        properties.setInitialProperties(placeholders(parts.config()));
        JettyHttpComponent jetty = context.getComponent("jetty", JettyHttpComponent.class);
        // Phones ask by address, and by names that are not in the certificate: Jetty would answer "Invalid SNI".
        jetty.setSecureRequestCustomizer(new SecureRequestCustomizer(false));
        parts.feeds().configure(context, parts.config().feeds());
        context.getShutdownStrategy()
                .setTimeout(parts.config().shutdownTimeout().toSeconds());
        context.getShutdownStrategy().setShutdownNowOnTimeout(true);
    }

    /**
     * Gives the administration interface its TLS, if it has one. To be called when the route files are loaded: Jetty speaks TLS
     * as soon as it has such parameters, whatever the scheme says, so they cannot stand in a file for both cases.
     */
    private static void secureApi(CamelContext context, HubConfig config) {
        if (config.protection().apiTls().isOn()) {
            Map<String, Object> options = new HashMap<>();
            if (context.getRestConfiguration().getEndpointProperties() != null) {
                options.putAll(context.getRestConfiguration().getEndpointProperties());
            }
            options.put("sslContextParameters", "#apiTls");
            context.getRestConfiguration().setEndpointProperties(options);
        }
    }

    /** What route files may write between double braces. */
    private static Properties placeholders(HubConfig config) {
        Properties properties = new Properties();
        Listeners listeners = config.listeners();
        put(properties, "hub.tftp", listeners.tftp());
        put(properties, "hub.http", listeners.http());
        put(properties, "hub.https", listeners.https());
        put(properties, "hub.https-legacy", listeners.httpsLegacy());
        put(properties, "hub.api", listeners.api());
        properties.setProperty(
                "hub.rotation.days", String.valueOf(config.keys().rotateAfter().toDays()));
        properties.setProperty(
                "hub.events.to-route", String.valueOf(config.orders().toRoute()));
        URI alarms = config.watching().alarmUrl();
        properties.setProperty("hub.alarm.enabled", String.valueOf(alarms != null));
        properties.setProperty("hub.alarm.url", alarms == null ? "" : alarms.toString());
        properties.setProperty("hub.alarm.address", alarms == null ? "localhost" : alarms.getRawAuthority());
        NotifySettings notifying = config.notifying();
        put(properties, "hub.syslog", config.deviceLog().syslog());
        put(properties, "hub.sip", notifying.sip());
        properties.setProperty("hub.notify.per-second", String.valueOf(notifying.perSecond()));
        properties.setProperty("hub.notify.on", String.join(",", notifying.on()));
        properties.setProperty("hub.api.scheme", config.protection().apiTls().isOn() ? "https" : "http");
        properties.setProperty("hub.https-legacy.enabled", String.valueOf(listeners.httpsLegacyEnabled()));
        properties.setProperty(
                "hub.import.dir", config.folders().importDir().toAbsolutePath().toString());
        properties.setProperty(
                "hub.firmware.incoming",
                config.firmware().incoming().toAbsolutePath().toString());
        PublishSettings publishing = config.publishing();
        properties.setProperty("hub.publish.enabled", String.valueOf(publishing.isOn()));
        properties.setProperty("hub.publish.target", publishing.sftp() == null ? "folder" : "sftp");
        properties.setProperty(
                "hub.publish.period", String.valueOf(publishing.period().toMillis()));
        properties.setProperty("hub.publish.completion", publishing.completion());
        Path folder = publishing.dir() == null ? config.folders().data().resolve("nowhere") : publishing.dir();
        properties.setProperty("hub.publish.dir", folder.toAbsolutePath().toString());
        PublishSettings.Sftp sftp = Objects.requireNonNullElse(publishing.sftp(), PublishSettings.Sftp.NOWHERE);
        properties.setProperty("hub.publish.sftp.host", sftp.host());
        properties.setProperty("hub.publish.sftp.port", String.valueOf(sftp.port()));
        properties.setProperty("hub.publish.sftp.folder", sftp.folder());
        properties.setProperty("hub.publish.sftp.user", sftp.user());
        properties.setProperty("hub.publish.sftp.private-key", sftp.privateKey().toString());
        properties.setProperty("hub.publish.sftp.known-hosts", sftp.knownHosts().toString());
        HubFeeds.placeholders(config).forEach(properties::setProperty);
        return properties;
    }

    private static void put(Properties properties, String name, Listener listener) {
        properties.setProperty(name + ".host", listener.host());
        properties.setProperty(name + ".port", String.valueOf(listener.port()));
    }
}
