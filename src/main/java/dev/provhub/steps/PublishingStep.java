package dev.provhub.steps;

import dev.provhub.config.PublishSettings;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.device.PublishedProfiles;
import dev.provhub.device.PublishedProfiles.Published;
import dev.provhub.profile.Layers;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.profile.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step {@code publishing}: keeps the files on an ordinary server in step with the devices. What changed in the database is found
 * with each turn; what changed in the layers, with time alone, or in the folder itself, by looking at all devices: at the start,
 * when other layers have come into force, and once an hour. One turn at a time.
 */
public final class PublishingStep {
    private static final Logger LOG = LoggerFactory.getLogger(PublishingStep.class);
    private static final String PUBLICATION = "hubPublication";
    private static final String DIRECTORY = "[a-z2-7]{26,64}";
    private static final int BATCH = 200;
    private static final Duration ALL_OVER = Duration.ofHours(1);

    private final PublishedProfiles known;
    private final DeviceRepository devices;
    private final PublishingPlan plan;
    private final Supplier<Layers> inForce;
    private final PublishSettings settings;
    private final Clock clock;
    private volatile @Nullable LookedAt lookedAt;

    /** The layers with which all devices were last looked at, and when. */
    private record LookedAt(Layers layers, Instant when) {}

    /**
     * Needs the devices, what was published of them, and the layers in force.
     *
     * @param wipeFor for how long a device that left is told to give everything back
     */
    public PublishingStep(
            PublishedProfiles known,
            DeviceRepository devices,
            DeviceModels models,
            ProfileComposer composer,
            Supplier<Layers> inForce,
            PublishSettings settings,
            Duration wipeFor,
            Clock clock) {
        this.known = known;
        this.devices = devices;
        this.plan = new PublishingPlan(models, composer, settings.overlap(), wipeFor);
        this.inForce = inForce;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is to be done, as an iterator in the body that looks at devices in batches while it is gone through. */
    public void due(Exchange exchange) {
        Layers layers = inForce.get();
        Instant now = clock.instant();
        LookedAt before = lookedAt;
        boolean all = before == null
                || before.layers() != layers
                || before.when().plus(ALL_OVER).isBefore(now);
        exchange.getMessage().setBody(new Due(all ? new LookedAt(layers, now) : null));
    }

    private final class Due implements Iterator<Publication> {
        private final @Nullable LookedAt allWith;
        private final Deque<Publication> ready = new ArrayDeque<>();
        private @Nullable MacAddress after;
        private boolean ended;

        Due(@Nullable LookedAt allWith) {
            this.allWith = allWith;
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && !ended) {
                fill();
            }
            return !ready.isEmpty();
        }

        @Override
        public Publication next() {
            if (!hasNext()) {
                throw new NoSuchElementException("nothing more is to be published");
            }
            return ready.removeFirst();
        }

        private void fill() {
            List<MacAddress> page = allWith == null ? known.changed(after, BATCH) : known.all(after, BATCH);
            for (MacAddress mac : page) {
                ready.addAll(workOn(mac, allWith != null));
                after = mac;
            }
            if (page.size() < BATCH) {
                ended = true;
                lookedAt = allWith == null ? lookedAt : allWith;
            }
        }
    }

    private List<Publication> workOn(MacAddress mac, boolean lookAtFiles) {
        try {
            PublishingPlan.Work work = planned(mac, lookAtFiles);
            if (work.promote()) {
                devices.change(mac, DeviceRepository.Change.ofExisting(mac, PublishingStep::promoted));
                LOG.info("Old key ends, the new one has been published for long enough device={}", mac);
                work = planned(mac, lookAtFiles);
            }
            work.seen().forEach(known::keep);
            return work.files();
        } catch (ProfileException e) {
            LOG.warn("Profile cannot be published: {}", e.getMessage());
            return List.of();
        }
    }

    private PublishingPlan.Work planned(MacAddress mac, boolean lookAtFiles) {
        return plan.of(
                mac,
                devices.findByMac(mac),
                known.of(mac),
                directory -> !lookAtFiles
                        || settings.dir() == null
                        || Files.exists(settings.dir().resolve(directory + ".cfg")),
                clock.instant());
    }

    private static Device promoted(Device device) {
        DeviceKeys keys = device.standing().keys();
        return keys.pending() == null
                ? device
                : device.withStanding(device.standing().with(new DeviceKeys(keys.pending(), null)));
    }

    /**
     * Takes the {@link Publication} in the body: to {@code hubPublish} ({@code profile}, {@code wipe} or {@code remove}), and for
     * the first two {@code hubDevice} and {@code hubModel}. What will be there is noted before it is.
     */
    public void take(Exchange exchange) {
        Publication publication = Objects.requireNonNull(exchange.getMessage().getBody(Publication.class));
        exchange.setProperty(PUBLICATION, publication);
        exchange.setProperty(HubExchange.PUBLISH, publication.what().name().toLowerCase(Locale.ROOT));
        exchange.setProperty(HubExchange.PUBLISH_NAME, publication.fileName());
        exchange.setProperty(HubExchange.DEVICE, publication.device());
        exchange.setProperty(HubExchange.MODEL, publication.model());
        HubExchange.emptied(exchange);
        Published after = publication.after();
        if (after != null && after.file() && !publication.before().file()) {
            known.keep(new Published(
                    after.mac(),
                    after.directory(),
                    true,
                    null,
                    after.deviceRevision(),
                    after.claimed(),
                    after.since(),
                    after.removed()));
        }
    }

    /**
     * Names the file in the body for the component that writes it.
     *
     * @throws IllegalStateException when the body is not what "seal-profile" has sealed: nothing is published in clear
     */
    public void name(Exchange exchange) {
        boolean sealed = "answered".equals(exchange.getProperty(HubExchange.OUTCOME, String.class))
                && exchange.getMessage().getBody() instanceof byte[] bytes
                && bytes.length > 0;
        if (!sealed) {
            throw new IllegalStateException("there is no sealed profile to be published");
        }
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage()
                .setHeader(Exchange.FILE_NAME, HubExchange.required(exchange, HubExchange.PUBLISH_NAME, String.class));
    }

    /**
     * Takes a file away from {@code hub.publish.dir}.
     *
     * @throws IOException when it is there and stays
     */
    public void delete(Exchange exchange) throws IOException {
        Files.deleteIfExists(Objects.requireNonNull(settings.dir(), "hub.publish.dir")
                .resolve(HubExchange.required(exchange, HubExchange.PUBLISH_NAME, String.class)));
    }

    /** Takes a file away from {@code hub.publish.sftp}. */
    public void deleteRemote(Exchange exchange) {
        RemoteFolder.of(exchange.getContext(), Objects.requireNonNull(settings.sftp(), "hub.publish.sftp"))
                .delete(HubExchange.required(exchange, HubExchange.PUBLISH_NAME, String.class), exchange);
    }

    /** It is done. */
    public void done(Exchange exchange) {
        Publication publication = publication(exchange);
        Published after = publication.after();
        if (after == null) {
            known.forget(publication.before().mac(), publication.before().directory());
        } else {
            known.keep(after);
        }
        LOG.info(
                "Published {} device={}",
                publication.what().name().toLowerCase(Locale.ROOT),
                publication.before().mac());
    }

    /** It has failed and is tried again with the next turn. The reason is told without the names of files. */
    public void failed(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Optional<Publication> publication = HubExchange.find(exchange, PUBLICATION, Publication.class);
        LOG.error(
                "Publishing failed, to be tried again what={} reason={}",
                publication.map(Publication::toString).orElse("unknown"),
                reason(cause));
    }

    /** All causes in a line. The names of files are secrets. */
    private static String reason(@Nullable Throwable failure) {
        StringBuilder reason = new StringBuilder();
        for (Throwable cause = failure; cause != null && reason.length() < 1000; cause = cause.getCause()) {
            reason.append(reason.isEmpty() ? "" : "; ")
                    .append(cause.getClass().getSimpleName())
                    .append(' ')
                    .append(String.valueOf(cause.getMessage())
                            .replaceAll(DIRECTORY, "***")
                            .replaceAll("\\p{Cntrl}", " "));
        }
        return reason.toString();
    }

    private static Publication publication(Exchange exchange) {
        return HubExchange.required(exchange, PUBLICATION, Publication.class);
    }
}
