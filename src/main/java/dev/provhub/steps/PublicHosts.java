package dev.provhub.steps;

import dev.provhub.order.event.CallbackRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Looks names up for connections to listeners. What it answers is what is connected to, so a name cannot mean another address by
 * then; addresses that are not public are left out, but for hosts that an operator allows.
 */
public final class PublicHosts implements DnsResolver {
    private final CallbackRules rules;
    private final DnsResolver system;

    /** By the system's resolver. */
    public PublicHosts(CallbackRules rules) {
        this(rules, SystemDefaultDnsResolver.INSTANCE);
    }

    PublicHosts(CallbackRules rules, DnsResolver system) {
        this.rules = rules;
        this.system = system;
    }

    /** A name has no public address. */
    public static final class Forbidden extends UnknownHostException {
        Forbidden() {
            super("the listener's name has no public address");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = system.resolve(host);
        if (rules.isAllowedHost(host)) {
            return all;
        }
        InetAddress[] open = Arrays.stream(all).filter(CallbackRules::isPublic).toArray(InetAddress[]::new);
        if (open.length == 0) {
            throw new Forbidden();
        }
        return open;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
