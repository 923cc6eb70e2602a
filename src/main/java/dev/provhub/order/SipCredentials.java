package dev.provhub.order;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Which generated SIP credentials the SIP platform has. Thread-safe. Each method is one transaction, or part of the unit of work around it. */
public interface SipCredentials {
    /**
     * Whose password it is.
     *
     * @param lineNumber from 1
     * @param user       user part of the SIP address
     * @param domain     of the SIP address
     */
    record Whose(MacAddress mac, int lineNumber, String user, String domain) {}

    /**
     * What all generated passwords are made from: always the same.
     *
     * @param fresh makes one, the first time
     */
    String seed(Supplier<String> fresh);

    /** Some have to be told, unless the platform has them. */
    void await(List<Whose> credentials);

    /** Some that have to be told, in no order. */
    List<Whose> awaited(int limit);

    /** Those of a device that the platform has. */
    Set<Whose> told(MacAddress mac);

    /** The platform has it. */
    void told(Whose credential, Instant now);

    /** It need not be told any more: there is no such line. */
    void forget(Whose credential);
}
