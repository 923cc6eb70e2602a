package dev.provhub.steps;

import dev.provhub.device.Asked;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceRequest;
import dev.provhub.devicelog.PlainText;
import dev.provhub.rollout.Rollout;
import dev.provhub.rollout.RolloutDesk;
import dev.provhub.rollout.RolloutDevices;
import dev.provhub.rollout.RolloutNews;
import dev.provhub.rollout.RolloutPoll;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** Step {@code rollouts}: what devices are told of rollouts and show of them, and how rollouts go on. */
public final class RolloutsStep {
    private static final int LONGEST_ERROR = 199;
    /** What no phone would call its version is as if it had said none. */
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._()-]{1,64}");

    private final RolloutDesk desk;
    private final RolloutPoll poll;
    private final Words words;

    /**
     * How it is told.
     *
     * @param rollout   of a rollout that has stopped or ended
     * @param milestone of a device that runs what it was to run
     */
    public record Words(Function<Rollout, String> rollout, Function<RolloutDevices.Milestone, String> milestone) {}

    /** Needs the rollouts. */
    public RolloutsStep(RolloutDesk desk, RolloutPoll poll, Words words) {
        this.desk = desk;
        this.poll = poll;
        this.words = words;
    }

    /**
     * {@code hubDevice} asks at its own directory: what the path has brought is evidence, and the device is told what rollouts have
     * for it. What it calls itself is none.
     */
    public void polled(Exchange exchange) {
        if (exchange.getProperty(HubExchange.ASKED) instanceof Asked.OwnProfile path) {
            Device device = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
            DeviceModel model = HubExchange.required(exchange, HubExchange.MODEL, DeviceModel.class);
            String registration = HubExchange.find(exchange, HubExchange.REQUEST, DeviceRequest.class)
                    .map(request -> request.asked("r"))
                    .orElse(null);
            Device now = poll.polled(
                    device,
                    model,
                    new RolloutPoll.Evidence(path.appliedRevision(), version(path.runningVersion()), registration));
            exchange.setProperty(HubExchange.DEVICE, now);
        }
    }

    private static String version(String shown) {
        return VERSION.matcher(shown).matches() ? shown : "";
    }

    /** Takes why the last upgrade of {@code hubDevice} failed, if its sealed report says so. */
    public void reported(Exchange exchange) {
        HubExchange.find(exchange, HubExchange.UPGRADE_ERROR, String.class)
                .ifPresent(error -> poll.reported(
                        HubExchange.required(exchange, HubExchange.DEVICE, Device.class),
                        PlainText.of(error, LONGEST_ERROR)));
    }

    /** Moves rollouts on, and leaves what is to be told in the body: a list, mostly empty, whose parts {@link #telling} takes. */
    public void turn(Exchange exchange) {
        desk.turnOnce();
        RolloutNews.News news = desk.turn().news();
        exchange.getMessage()
                .setBody(Stream.concat(
                                news.rollouts().stream()
                                        .map(one -> new Telling(words.rollout().apply(one), news.receipt(one))),
                                news.milestones().stream()
                                        .map(one ->
                                                new Telling(words.milestone().apply(one), news.receipt(one))))
                        .toList());
    }

    private record Telling(String event, RolloutNews.Receipt receipt) {}

    /**
     * From one of the parts that {@link #turn} leaves to a CloudEvent as JSON. It has been told when this exchange, or the one that it was
     * handed on to, has come to its end; what has not, is told again after an hour, by the same id.
     */
    public void telling(Exchange exchange) {
        Telling telling = (Telling) exchange.getMessage().getBody();
        exchange.getMessage().setBody(telling.event());
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange done) {
                desk.turn().told(telling.receipt());
            }
        });
    }

    /** Leaves the devices in the body that are to be told to resync now: a list of {@link dev.provhub.device.MacAddress}. */
    public void pushes(Exchange exchange) {
        exchange.getMessage().setBody(desk.turn().pushes());
    }

    /** Leaves those in the body that are to be asked for a report now. */
    public void questions(Exchange exchange) {
        exchange.getMessage().setBody(desk.turn().questions());
    }
}
