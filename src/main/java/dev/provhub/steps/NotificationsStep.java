package dev.provhub.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.MacAddress;
import dev.provhub.notify.Notification;
import dev.provhub.notify.NotifyAction;
import dev.provhub.notify.SipAddress;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Step {@code notifications}: operators and routes ask for NOTIFYs, and see what became of them. */
public final class NotificationsStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_BODY_BYTES = 4096;
    private static final int SHOWN = 50;

    private final NotifyDesk desk;

    /** Needs the desk. */
    public NotificationsStep(NotifyDesk desk) {
        this.desk = desk;
    }

    /**
     * {@code {"action": "resync"|"reboot"|"report", "to": "host[:port][;transport=udp|tcp]"}}, {@code to} may be left out: 202
     * with the id; 404, 422.
     */
    public void ask(Exchange exchange) {
        try {
            JsonNode body = ApiAnswers.object(exchange, LARGEST_BODY_BYTES, Set.of("action", "to"));
            String word = body.path("action").asText("");
            Optional<NotifyAction> action = NotifyAction.find(word);
            JsonNode to = body.path("to");
            if (action.isEmpty()) {
                refuse(exchange, "action = '" + word + "' is not allowed; allowed: resync, reboot, report");
            } else if (!to.isMissingNode()
                    && (!to.isTextual() || SipAddress.find(to.asText()).isEmpty())) {
                refuse(exchange, "to = '" + to.asText() + "' is not allowed; allowed: " + SipAddress.ALLOWED);
            } else {
                ask(exchange, action.get(), to.isMissingNode() ? null : to.asText());
            }
        } catch (IllegalArgumentException e) {
            refuse(exchange, String.valueOf(e.getMessage()));
        }
    }

    /** The same for {@code resync}, without a body. */
    public void resync(Exchange exchange) {
        ask(exchange, NotifyAction.RESYNC, null);
    }

    private void ask(Exchange exchange, NotifyAction action, @Nullable String to) {
        NotifyDesk.Answer answer = MacAddress.find(exchange.getMessage().getHeader("mac", "", String.class))
                .map(mac -> desk.ask(mac, action, to, HubExchange.caller(exchange)))
                .orElse(NotifyDesk.Answer.UNKNOWN);
        if (answer.id() != null) {
            ApiAnswers.json(
                    exchange,
                    202,
                    JSON.createObjectNode()
                            .put("id", answer.id())
                            .put("action", action.word())
                            .put("state", Notification.State.WAITING.word())
                            .toString());
        } else if (answer.objection() != null) {
            refuse(exchange, answer.objection());
        } else {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such device");
        }
    }

    private static void refuse(Exchange exchange, String detail) {
        ApiAnswers.problem(exchange, 422, "Unprocessable Content", detail);
    }

    /** The newest of the device that the header {@code mac} names, newest first: 200; an empty list for a device without any. */
    public void list(Exchange exchange) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode all = json.putArray("notifications");
        MacAddress.find(exchange.getMessage().getHeader("mac", "", String.class))
                .ifPresent(mac -> desk.latest(mac, SHOWN).forEach(one -> all.add(describe(one))));
        ApiAnswers.json(exchange, 200, json.toString());
    }

    private static ObjectNode describe(Notification one) {
        return JSON.createObjectNode()
                .put("id", one.id())
                .put("action", one.action().word())
                .put("to", one.target())
                .put("askedBy", one.askedBy())
                .put("asked", one.asked().toString())
                .put("notBefore", one.notBefore().toString())
                .put("attempts", one.attempts())
                .put("state", one.state().word())
                .put("outcome", one.outcome())
                .put("changed", one.changed().toString());
    }

    /**
     * For routes: {@code hubMac}, or else the header {@code mac}, names the device, {@code hubNotifyAction} the action, {@code
     * resync} when it is not set. A device that cannot be told is passed over; the message stays as it is.
     */
    public void enqueue(Exchange exchange) {
        Optional<MacAddress> mac = HubExchange.find(exchange, HubExchange.MAC, MacAddress.class)
                .or(() -> MacAddress.find(exchange.getMessage().getHeader("mac", "", String.class)));
        NotifyAction action = HubExchange.find(exchange, HubExchange.NOTIFY_ACTION, String.class)
                .map(word -> NotifyAction.find(word)
                        .orElseThrow(() -> new IllegalArgumentException("hubNotifyAction = '" + word + "'")))
                .orElse(NotifyAction.RESYNC);
        mac.ifPresent(known -> desk.ask(known, action, null, HubExchange.caller(exchange)));
    }

    /** Has every device of {@code hubOrder} that holds its own profile told to resync; the message stays as it is. */
    public void enqueueOrdered(Exchange exchange) {
        desk.askOrdered(HubExchange.required(exchange, HubExchange.ORDER, String.class), HubExchange.caller(exchange));
    }

    /** Leaves the {@link Notification}s that are due in the body, as a list; none of them is given to another hub. */
    public void claim(Exchange exchange) {
        exchange.getMessage().setBody(desk.claim());
    }

    /** Begins to bring the {@link Notification} in the body to its phone, and does not wait for the end. */
    public void begin(Exchange exchange) {
        desk.begin(exchange.getMessage().getBody(Notification.class));
    }
}
