package dev.provhub.command;

import dev.provhub.config.HubConfig;
import dev.provhub.profile.PublicAddresses;
import dev.provhub.routing.Trace;
import java.util.List;
import java.util.function.Consumer;

/** A hub that serves, as commands see it. */
public interface RunningHub extends AutoCloseable {
    /** Its settings, with the ports that were picked. */
    HubConfig config();

    /** What phones are told. */
    PublicAddresses publicAddresses();

    /** What was made on first start and what an operator should know, one line each. */
    List<String> notices();

    /** Has somebody told of what each request goes through, from now on. */
    void follow(Consumer<Trace> told);

    /** Finishes what is in flight and stops. May be called again. */
    @Override
    void close();
}
