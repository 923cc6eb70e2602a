package dev.provhub.routing;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.BeanRepository;

/** Makes the contexts in which routes run. All of them know the hub's steps, components and settings. */
public interface RoutingContexts {
    /** One for what listens. It is there as long as the hub is, and steps that send something belong to it. */
    CamelContext listening(BeanRepository siteBeans);

    /** One for what listeners hand over to, and for listeners that come from a kamelet. */
    CamelContext running(BeanRepository siteBeans);

    /** Does to a context of listeners what can be done only when it knows how the administration interface is configured. */
    void configured(CamelContext listening);
}
