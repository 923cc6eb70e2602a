package dev.provhub.notify;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From a NOTIFY in the queue to how it is brought to its phone. */
public final class NotifyPlanner {
    private static final int SIP_PORT = 5060;

    private final Ways ways;
    private final @Nullable SipAddress proxy;
    private final @Nullable SipLogin proxyLogin;

    /** What has to be found out of the world. */
    public interface Ways {
        /** The address of a host. */
        InetAddress lookUp(String host) throws UnknownHostException;

        /** The address, without port, at which the device last proved itself; empty when that is not known. */
        Optional<String> lastSeenAt(MacAddress mac);

        /** {@code host:port} of the hub as it is seen from there. */
        String localTowards(InetAddress target);
    }

    /**
     * Needs to know the way.
     *
     * @param proxy      through which phones are reached; null to reach them straight
     * @param proxyLogin what the proxy itself may ask for; null for nothing
     */
    public NotifyPlanner(Ways ways, @Nullable SipAddress proxy, @Nullable SipLogin proxyLogin) {
        this.ways = ways;
        this.proxy = proxy;
        this.proxyLogin = proxyLogin;
    }

    /** Why a device can never be told to do something; empty when it can. */
    public static Optional<String> objection(Device device, @Nullable DeviceModel model, NotifyAction action) {
        if (model == null || !model.notifyEvents().containsKey(action.word())) {
            return Optional.of("model " + device.model() + " cannot be told to " + action.word()
                    + " by NOTIFY (notify: in config/models.yaml)");
        }
        return device.lines().isEmpty()
                ? Optional.of("the device has no line, and so no account with which it could be told")
                : Optional.empty();
    }

    /**
     * Makes the plan.
     *
     * @throws UndeliverableException when nothing can be sent
     */
    public DeliveryPlan plan(Notification what, Device device, @Nullable DeviceModel model) {
        Optional<String> objection = objection(device, model, what.action());
        if (model == null || objection.isPresent()) {
            throw new UndeliverableException(objection.orElse("its model is not known any more"));
        }
        String event = model.notifyEvents().get(what.action().word());
        if (what.target() != null) {
            SipAddress target = SipAddress.find(what.target())
                    .orElseThrow(() -> new UndeliverableException("the address to send to is none"));
            return new DeliveryPlan(what, String.valueOf(event), straight(device, target), null, null);
        }
        if (proxy != null) {
            return new DeliveryPlan(
                    what, String.valueOf(event), throughProxy(device, proxy), proxy.toString(), proxyLogin);
        }
        SipAddress seen = ways.lastSeenAt(device.mac())
                .map(address -> address.contains(":") ? "[" + address + "]" : address)
                .flatMap(SipAddress::find)
                .orElseThrow(() -> new UndeliverableException(
                        "where the phone is, is not known: it has not asked at its own directory of late; set"
                                + " hub.notify.proxy, or say where to send it"));
        return new DeliveryPlan(what, String.valueOf(event), straight(device, seen), null, null);
    }

    private List<DeliveryPlan.LineAddress> throughProxy(Device device, SipAddress through) {
        InetAddress host = lookUp(through);
        InetSocketAddress target = new InetSocketAddress(host, through.portOr(SIP_PORT));
        return device.lines().stream()
                .map(line -> {
                    String uri = "sip:" + SipText.user(line.sipUser()) + "@" + domain(line);
                    return address(line, uri, target, through.transportOr(SipTransport.UDP));
                })
                .toList();
    }

    /** Without a port the lines are where the phones have them: the first at 5060, the second at 5061 ({@code SIP_Port_n_}). */
    private List<DeliveryPlan.LineAddress> straight(Device device, SipAddress to) {
        InetAddress host = lookUp(to);
        return device.lines().stream()
                .map(line -> {
                    int port = to.portOr(SIP_PORT + line.number() - 1);
                    String uri = "sip:" + SipText.user(line.sipUser()) + "@" + to.host() + ":" + port;
                    return address(
                            line,
                            uri,
                            new InetSocketAddress(host, port),
                            to.transport() == null ? transportOf(line) : to.transport());
                })
                .toList();
    }

    private DeliveryPlan.LineAddress address(Line line, String uri, InetSocketAddress target, SipTransport transport) {
        String name = line.sipAuthUser() == null ? line.sipUser() : line.sipAuthUser();
        return new DeliveryPlan.LineAddress(
                line.number(),
                transport == SipTransport.TCP ? uri + ";transport=tcp" : uri,
                "sip:" + SipText.user(line.sipUser()) + "@" + domain(line),
                new SipLogin(name, line.sipPassword()),
                target,
                transport,
                ways.localTowards(target.getAddress()));
    }

    private static String domain(Line line) {
        return SipAddress.find(line.sipDomain())
                .filter(domain -> domain.transport() == null)
                .map(SipAddress::hostPort)
                .orElseThrow(() -> new UndeliverableException("the sipDomain of line " + line.number()
                        + " is no host of a SIP URI: " + SipText.shown(line.sipDomain())));
    }

    private static SipTransport transportOf(Line line) {
        String transport =
                line.sipTransport() == null ? "UDP" : line.sipTransport().toUpperCase(Locale.ROOT);
        if (transport.equals("TLS")) {
            throw new UndeliverableException("line " + line.number()
                    + " speaks SIP over TLS, which the hub does not: set hub.notify.proxy to a proxy that does");
        }
        return transport.equals("TCP") ? SipTransport.TCP : SipTransport.UDP;
    }

    private InetAddress lookUp(SipAddress address) {
        Function<String, String> bare = host -> host.replaceAll("[\\[\\]]", "");
        try {
            return ways.lookUp(bare.apply(address.host()));
        } catch (UnknownHostException e) {
            throw new UndeliverableException("the name " + address.host() + " has no address");
        }
    }
}
