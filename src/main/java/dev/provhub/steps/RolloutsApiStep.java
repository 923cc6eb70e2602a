package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.MacAddress;
import dev.provhub.rollout.PlanJson;
import dev.provhub.rollout.Progress;
import dev.provhub.rollout.Rollout;
import dev.provhub.rollout.RolloutAction;
import dev.provhub.rollout.RolloutDesk;
import dev.provhub.rollout.RolloutDevices;
import dev.provhub.rollout.Rollouts;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Step {@code rolloutsApi}: rollouts for the administration interface. */
public final class RolloutsApiStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_BODY_BYTES = 64 * 1024;
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final RolloutDesk desk;
    private final Clock clock;

    /** Needs the rollouts. */
    public RolloutsApiStep(RolloutDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** Makes one: 201; 400 for a filter, 422 for another field, 409 when it is of layers and none are held. */
    public void create(Exchange exchange) {
        answering(exchange, () -> {
            byte[] bytes = ApiAnswers.body(exchange, LARGEST_BODY_BYTES);
            if (bytes.length > LARGEST_BODY_BYTES) {
                throw new ApiRefusal(413, "a rollout may have 64 KiB at most");
            }
            Rollout made = desk.create(PlanJson.read(ApiAnswers.object(bytes), clock.instant()), by(exchange));
            ApiAnswers.json(exchange, 201, RolloutJson.describe(made).toString());
            exchange.getMessage().setHeader("Location", "/api/v1/rollouts/" + made.id());
        });
    }

    /** The newest, newest first, at most {@code limit}. */
    public void list(Exchange exchange) {
        answering(exchange, () -> {
            ObjectNode json = JSON.createObjectNode();
            ArrayNode all = json.putArray("rollouts");
            desk.latest(ApiQuery.number(exchange, "limit", USUAL, MOST))
                    .forEach(one -> all.add(RolloutJson.describe(one)));
            Optional<Rollouts.Hold> hold = desk.hold();
            json.put("held", hold.isPresent()).set("hold", RolloutJson.describe(hold));
            ApiAnswers.json(exchange, 200, json.toString());
        });
    }

    /** One with its groups and their numbers, why devices failed, and when it may end. */
    public void show(Exchange exchange) {
        answering(
                exchange,
                () -> ApiAnswers.json(
                        exchange,
                        200,
                        RolloutJson.describe(desk.view(id(exchange)).orElseThrow(RolloutsApiStep::none))
                                .toString()));
    }

    /** Devices of one, in order of their names; {@code progress} for some of them. */
    public void devices(Exchange exchange) {
        answering(exchange, () -> {
            long id = id(exchange);
            if (desk.view(id).isEmpty()) {
                throw none();
            }
            int limit = ApiQuery.number(exchange, "limit", USUAL, MOST);
            MacAddress after = ApiQuery.after(exchange);
            List<RolloutDevices.Shown> page = desk.devices(id, progress(exchange), after, limit);
            ObjectNode json = JSON.createObjectNode();
            ArrayNode all = json.putArray("devices");
            page.forEach(one -> all.add(RolloutJson.describe(one)));
            json.put(
                    "next",
                    page.size() == limit ? ApiQuery.cursor(page.get(limit - 1).mac()) : null);
            ApiAnswers.json(exchange, 200, json.toString());
        });
    }

    private static @Nullable Progress progress(Exchange exchange) {
        String word = ApiQuery.text(exchange, "progress");
        if (word.isEmpty()) {
            return null;
        }
        return Arrays.stream(Progress.values())
                .filter(progress -> progress.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new ApiRefusal(
                        400,
                        "progress=" + word + " is not allowed; allowed: "
                                + Arrays.stream(Progress.values())
                                        .map(Progress::word)
                                        .collect(Collectors.joining(", "))));
    }

    /** Does what {@code action} says: 200; 404 without such a rollout or action, 409 when it is not possible now. */
    public void act(Exchange exchange) {
        answering(exchange, () -> {
            String word = ApiQuery.text(exchange, "action");
            RolloutAction action = Arrays.stream(RolloutAction.values())
                    .filter(one -> one.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new ApiRefusal(
                            404,
                            "there is no such action; there are "
                                    + Arrays.stream(RolloutAction.values())
                                            .map(RolloutAction::word)
                                            .collect(Collectors.joining(", "))));
            boolean now = ApiQuery.flag(exchange, "now");
            if (now && action != RolloutAction.BACK) {
                throw new ApiRefusal(400, "now is not allowed with " + word + "; allowed: with back");
            }
            Rollout after = (now
                            ? desk.backNow(id(exchange), HubExchange.caller(exchange))
                            : desk.act(id(exchange), action, by(exchange)))
                    .orElseThrow(RolloutsApiStep::none);
            ApiAnswers.json(exchange, 200, RolloutJson.describe(after).toString());
        });
    }

    /** Whether every rollout is held. */
    public void held(Exchange exchange) {
        ApiAnswers.json(exchange, 200, RolloutJson.describe(desk.hold()).toString());
    }

    /** Holds every rollout. */
    public void hold(Exchange exchange) {
        desk.hold(HubExchange.caller(exchange));
        ApiAnswers.json(exchange, 200, RolloutJson.describe(desk.hold()).toString());
    }

    /** Lets them go on. */
    public void release(Exchange exchange) {
        desk.release(HubExchange.caller(exchange));
        ApiAnswers.json(exchange, 200, RolloutJson.describe(desk.hold()).toString());
    }

    private static RolloutDesk.By by(Exchange exchange) {
        return new RolloutDesk.By(HubExchange.caller(exchange), HubExchange.person(exchange));
    }

    private static long id(Exchange exchange) {
        String text = ApiQuery.text(exchange, "id");
        if (!text.matches("\\d{1,18}")) {
            throw none();
        }
        return Long.parseLong(text);
    }

    private static ApiRefusal none() {
        return new ApiRefusal(404, "there is no such rollout");
    }

    private static void answering(Exchange exchange, Runnable work) {
        ApiRefusal.answering(exchange, () -> {
            try {
                work.run();
            } catch (IllegalStateException e) {
                throw new ApiRefusal(409, String.valueOf(e.getMessage()));
            }
        });
    }
}
