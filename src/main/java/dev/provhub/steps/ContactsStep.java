package dev.provhub.steps;

import dev.provhub.device.Asked;
import dev.provhub.device.DeviceRequest;
import dev.provhub.device.MacAddress;
import dev.provhub.devicelog.DeviceEvent;
import dev.provhub.devicelog.DeviceEvent.Asker;
import dev.provhub.devicelog.DeviceLog;
import dev.provhub.devicelog.PlainText;
import java.io.File;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Step {@code contacts}: writes down what was asked, what was decided and why. Never fails the answer. */
public final class ContactsStep {
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_REASON = 500;
    /** However it is written: TFTP names have no leading slash, and some have a backslash. */
    private static final Pattern OWN_PLACE = Pattern.compile("(?i)((?:^|[/\\\\])[pk](?:;[^/]*)?[/\\\\]+)[^/\\\\]+");
    /** What looks like a directory or a token, wherever it stands. */
    private static final Pattern WORD = Pattern.compile("(?i)(?<![a-z0-9])[a-z2-7]{26}(?![a-z0-9])");

    private final DeviceLog log;
    private final Askers askers;
    private final Clock clock;

    /** Needs the log, who is behind a request, and the time. */
    public ContactsStep(DeviceLog log, Askers askers, Clock clock) {
        this.log = log;
        this.askers = askers;
        this.clock = clock;
    }

    /** From the exchange's properties into the device's log; the message stays as it is. */
    public void record(Exchange exchange) {
        DeviceRequest request = exchange.getProperty(HubExchange.REQUEST, DeviceRequest.class);
        boolean unnoted = exchange.getProperty(HubExchange.UNNOTED, false, Boolean.class);
        if (request == null || unnoted) {
            return;
        }
        Askers.Seen seen = askers.of(exchange, request);
        DeviceEvent event = new DeviceEvent(
                clock.instant(),
                exchange.getProperty(HubExchange.ASKED) instanceof Asked.Report
                        ? DeviceEvent.Kind.REPORT
                        : DeviceEvent.Kind.CONTACT,
                seen.asker(),
                nameOf(exchange, request),
                new DeviceEvent.Verdict(
                        exchange.getProperty(HubExchange.KIND, "none", String.class) + " "
                                + exchange.getProperty(HubExchange.OUTCOME, "not found", String.class),
                        exchange.getProperty(HubExchange.RULE, "", String.class),
                        PlainText.of(exchange.getProperty(HubExchange.REASON, "", String.class), LONGEST_REASON)),
                given(exchange),
                seen.shown());
        log.add(event);
        alsoOfNamed(exchange, event).ifPresent(log::add);
    }

    /** Who was named by somebody else's proof should find it in its own log too. */
    private static Optional<DeviceEvent> alsoOfNamed(Exchange exchange, DeviceEvent event) {
        MacAddress proven = event.asker().mac();
        if (event.asker().evidence() != DeviceEvent.Evidence.CONTRADICTION || proven == null) {
            return Optional.empty();
        }
        return HubExchange.find(exchange, HubExchange.ASKED, Asked.class)
                .flatMap(Asked::named)
                .filter(named -> !named.equals(proven))
                .map(named -> new DeviceEvent(
                        event.time(),
                        event.kind(),
                        new Asker(
                                named,
                                null,
                                event.asker().evidence(),
                                "MAC in the name, by somebody else",
                                event.asker().transport(),
                                event.asker().remote(),
                                event.asker().userAgent()),
                        event.what(),
                        event.verdict(),
                        event.given(),
                        event.shown()));
    }

    private static DeviceEvent.Given given(Exchange exchange) {
        String what = exchange.getProperty(HubExchange.GIVEN, String.class);
        String file = exchange.getProperty(HubExchange.FILE, String.class);
        long bytes = bytesIn(exchange.getMessage().getBody());
        return new DeviceEvent.Given(
                bytes,
                bytes == 0 ? null : exchange.getProperty(HubExchange.SEALING, String.class),
                what != null || file == null ? what : PlainText.of(file, LONGEST_NAME));
    }

    /** The name as it was asked; a directory is as good as a password and is left out. */
    private static String nameOf(Exchange exchange, DeviceRequest request) {
        Object asked = exchange.getProperty(HubExchange.ASKED);
        if (asked instanceof Asked.OwnProfile || asked instanceof Asked.KeyByToken || asked instanceof Asked.Report) {
            String path = exchange.getProperty(HubExchange.RULE, "", String.class)
                    .replace("{directory}", "***")
                    .replace("{token}", "***");
            return asked instanceof Asked.OwnProfile own
                    ? PlainText.of(
                            path.replace("{revision}", own.appliedRevision())
                                    .replace("{version}", own.runningVersion()),
                            LONGEST_NAME)
                    : path;
        }
        return PlainText.of(
                WORD.matcher(OWN_PLACE.matcher(request.name()).replaceAll("$1***"))
                        .replaceAll("***"),
                LONGEST_NAME);
    }

    private static long bytesIn(@Nullable Object body) {
        if (body instanceof byte[] bytes) {
            return bytes.length;
        }
        return body instanceof File file ? file.length() : 0;
    }

    static String word(DeviceRequest request) {
        return request.transport().name().toLowerCase(Locale.ROOT);
    }
}
