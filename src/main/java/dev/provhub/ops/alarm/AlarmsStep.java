package dev.provhub.ops.alarm;

import java.util.List;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code alarms}: what has begun or ceased to go wrong. */
public final class AlarmsStep {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmsStep.class);

    private final Alarms alarms;
    private final CloudEvents events;

    /** Needs the alarms, and how they are written. */
    public AlarmsStep(Alarms alarms, CloudEvents events) {
        this.alarms = alarms;
        this.events = events;
    }

    /** Leaves the events that are to be told in the body: a list of CloudEvents as JSON, mostly empty. */
    public void look(Exchange exchange) {
        List<Alarms.Alarm> changes = alarms.look();
        for (Alarms.Alarm alarm : changes) {
            if (alarm.raised()) {
                LOG.warn("Alarm raised alarm={} reason=\"{}\"", alarm.trouble().word(), alarm.says());
            } else {
                LOG.info("Alarm cleared alarm={} since={}", alarm.trouble().word(), alarm.since());
            }
        }
        exchange.getMessage().setBody(changes.stream().map(events::of).toList());
    }
}
