package dev.provhub.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyPlannerTest {
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final MacAddress KITCHEN = new MacAddress("000e08000001");
    private static final DeviceModel MODEL = model(Map.of("resync", "resync", "reboot", "reboot_now"));

    private @Nullable String seen = "192.0.2.7";

    private static DeviceModel model(Map<String, String> events) {
        return new DeviceModel("P1", "", "", "P", "P", 4, null, null, "a test", events);
    }

    private static Line line(int number, String user, String domain, @Nullable String transport) {
        return new Line(number, null, null, user, null, "s3cret", domain, null, transport);
    }

    private static Device device(Line... lines) {
        return new Device(
                KITCHEN,
                "P1",
                null,
                true,
                Device.Place.DEFAULT,
                Map.of(),
                List.of(lines),
                Device.Standing.first("seed"));
    }

    private static Notification to(@Nullable String target) {
        return new Notification(
                1, KITCHEN, NotifyAction.REBOOT, target, "test", TEN, TEN, 1, Notification.State.SENT, null, TEN);
    }

    private NotifyPlanner planner(@Nullable String proxy) {
        NotifyPlanner.Ways ways = new NotifyPlanner.Ways() {
            @Override
            public InetAddress lookUp(String host) throws UnknownHostException {
                if (host.equals("proxy.example.net")) {
                    return InetAddress.getByName("192.0.2.99");
                }
                if (host.endsWith(".invalid")) {
                    throw new UnknownHostException(host);
                }
                return InetAddress.getByName(host);
            }

            @Override
            public Optional<String> lastSeenAt(MacAddress mac) {
                return Optional.ofNullable(seen);
            }

            @Override
            public String localTowards(InetAddress target) {
                return "192.0.2.1:5062";
            }
        };
        return new NotifyPlanner(
                ways, proxy == null ? null : SipAddress.find(proxy).orElseThrow(), new SipLogin("hub", "pr0xy"));
    }

    private DeliveryPlan.LineAddress first(@Nullable String proxy, Notification what, Line line) {
        return planner(proxy).plan(what, device(line), MODEL).lines().get(0);
    }

    @Test
    void plan_withProxy_goesThereForTheAddressOfRecord() {
        DeliveryPlan plan = planner("proxy.example.net:5070;transport=tcp")
                .plan(to(null), device(line(1, "1001", "sip.example.net", "UDP")), MODEL);

        assertThat(plan.event()).isEqualTo("reboot_now");
        assertThat(plan.proxy()).isEqualTo("proxy.example.net:5070;transport=tcp");
        assertThat(plan.proxyLogin()).isEqualTo(new SipLogin("hub", "pr0xy"));
        assertThat(plan.lines())
                .containsExactly(new DeliveryPlan.LineAddress(
                        1,
                        "sip:1001@sip.example.net;transport=tcp",
                        "sip:1001@sip.example.net",
                        new SipLogin("1001", "s3cret"),
                        new InetSocketAddress("192.0.2.99", 5070),
                        SipTransport.TCP,
                        "192.0.2.1:5062"));
    }

    @Test
    void plan_withoutProxy_goesToWhereTheDeviceProvedItself_linesAtTheirPorts() {
        DeliveryPlan plan = planner(null)
                .plan(
                        to(null),
                        device(line(1, "1001", "sip.example.net", null), line(2, "1002", "sip.example.net", "TCP")),
                        MODEL);

        assertThat(plan.proxy()).isNull();
        assertThat(plan.proxyLogin()).isNull();
        assertThat(plan.lines())
                .extracting(DeliveryPlan.LineAddress::uri)
                .containsExactly("sip:1001@192.0.2.7:5060", "sip:1002@192.0.2.7:5061;transport=tcp");
        assertThat(plan.lines())
                .extracting(DeliveryPlan.LineAddress::transport)
                .containsExactly(SipTransport.UDP, SipTransport.TCP);
    }

    @Test
    void plan_withAddress_goesThereAndNotToTheProxy() {
        DeliveryPlan.LineAddress line = first(
                "proxy.example.net", to("[2001:db8::7]:5080;transport=tcp"), line(1, "1001", "sip.example.net", "TLS"));

        assertThat(line.uri()).isEqualTo("sip:1001@[2001:db8::7]:5080;transport=tcp");
        assertThat(line.target()).isEqualTo(new InetSocketAddress("2001:db8::7", 5080));
    }

    @Test
    void plan_deviceSeenOverIpv6_isInBrackets() {
        seen = "2001:db8:0:0:0:0:0:7";

        assertThat(first(null, to(null), line(1, "1001", "sip.example.net", null))
                        .uri())
                .isEqualTo("sip:1001@[2001:db8:0:0:0:0:0:7]:5060");
    }

    @Test
    void plan_hostileUser_isEscapedAndEndsNoLine() {
        DeliveryPlan.LineAddress line = first(
                "proxy.example.net",
                to(null),
                line(1, "a@evil>\r\nEvent: reboot_now\r\nX:é%", "sip.example.net:5080", null));

        assertThat(line.uri())
                .isEqualTo("sip:a%40evil%3E%0D%0AEvent%3A%20reboot_now%0D%0AX%3A%C3%A9%25@sip.example.net:5080");
        assertThat(line.to()).isEqualTo(line.uri());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "h\r\nEvent: reboot_now", "h>x", "sip.example.net;transport=tcp", "a b", "sip:h", "user@h"})
    void plan_domainThatIsNoHost_isRefused(String domain) {
        assertThatThrownBy(() -> first("proxy.example.net", to(null), line(1, "1001", domain, null)))
                .isInstanceOf(UndeliverableException.class)
                .hasMessageStartingWith("the sipDomain of line 1 is no host of a SIP URI: ")
                .message()
                .doesNotContain("\r", "\n");
    }

    @Test
    void plan_nowhereToGo_saysWhy() {
        Line line = line(1, "1001", "sip.example.net", null);
        seen = null;
        assertThatThrownBy(() -> first(null, to(null), line)).hasMessageContaining("set hub.notify.proxy");
        seen = "<unknown>";
        assertThatThrownBy(() -> first(null, to(null), line)).hasMessageContaining("where the phone is, is not known");
        assertThatThrownBy(() -> first("gone.invalid", to(null), line))
                .hasMessage("the name gone.invalid has no address");
        seen = "192.0.2.7";
        assertThatThrownBy(() -> first(null, to(null), line(1, "1001", "sip.example.net", "TLS")))
                .hasMessageContaining("line 1 speaks SIP over TLS");
    }

    @Test
    void objection_modelOrLinesMissing_isTold() {
        assertThat(NotifyPlanner.objection(device(), MODEL, NotifyAction.RESYNC))
                .contains("the device has no line, and so no account with which it could be told");
        assertThat(NotifyPlanner.objection(
                        device(line(1, "1001", "sip.example.net", null)), MODEL, NotifyAction.REPORT))
                .contains("model P1 cannot be told to report by NOTIFY (notify: in config/models.yaml)");
        assertThat(NotifyPlanner.objection(device(), null, NotifyAction.RESYNC)).isPresent();
        assertThat(NotifyPlanner.objection(
                        device(line(1, "1001", "sip.example.net", null)), MODEL, NotifyAction.RESYNC))
                .isEmpty();
    }

    @Test
    void plan_ownNameForTheLogin_isUsed() {
        Line line = new Line(1, null, null, "1001", "auth1001", "s3cret", "sip.example.net", null, null);

        assertThat(first(null, to(null), line).login()).isEqualTo(new SipLogin("auth1001", "s3cret"));
        assertThat(planner(null).plan(to(null), device(line), MODEL).toString()).doesNotContain("s3cret");
    }
}
