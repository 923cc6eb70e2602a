package dev.provhub.steps;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.provhub.device.Asked;
import dev.provhub.device.DeviceRequest;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.apache.camel.Exchange;

/**
 * Step {@code limits}: how often one device may be served under its proof, and how often a name that means nothing is written
 * down. Nobody is shut out for an address: thousands of phones may share one. Without proof the answer stays what it is, because
 * it must tell nothing.
 */
public final class LimitsStep {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Identities and names that are remembered; the least used is forgotten, and begins anew. */
    private static final int REMEMBERED = 10_000;
    /** A healthy phone tries some eight default paths in a row, again and again while it is not provisioned. */
    private static final int OF_ONE_NAME = 60;
    /** All names that mean nothing together, so that the device log cannot be filled by asking. */
    private static final int OF_ALL_NAMES = 6_000;

    private final Cache<String, Bucket> devices =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final Cache<String, Bucket> names =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final Bucket allNames = perMinute(OF_ALL_NAMES);
    private final int keysPerMinute;
    private final int profilesPerMinute;

    /**
     * Needs to know how much is too much.
     *
     * @param keysPerMinute     requests under a certificate of one device; 0 for no limit
     * @param profilesPerMinute requests at the directory of one device; 0 for no limit
     */
    public LimitsStep(int keysPerMinute, int profilesPerMinute) {
        this.keysPerMinute = keysPerMinute;
        this.profilesPerMinute = profilesPerMinute;
    }

    /**
     * After {@code identify}: sets {@code hubBusy} when the device that has proven itself asks too often, and {@code hubUnnoted}
     * when a contact that means nothing is one too many.
     */
    public void check(Exchange exchange) {
        Identity identity = HubExchange.required(exchange, HubExchange.IDENTITY, Identity.class);
        if (identity instanceof Identity.ByCertificate proven) {
            refuse(exchange, keysPerMinute, "certificate " + proven.mac());
        } else if (identity instanceof Identity.ByDirectory owner) {
            refuse(exchange, profilesPerMinute, "directory " + owner.device().mac());
        } else {
            note(exchange);
        }
    }

    private void refuse(Exchange exchange, int perMinute, String who) {
        if (perMinute > 0 && !devices.get(who, key -> perMinute(perMinute)).tryConsume(1)) {
            exchange.setProperty(HubExchange.BUSY, true);
        }
    }

    private void note(Exchange exchange) {
        Asked asked = HubExchange.required(exchange, HubExchange.ASKED, Asked.class);
        if (asked instanceof Asked.DefaultPath || asked instanceof Asked.RemoteCustomization) {
            return;
        }
        String name = HubExchange.required(exchange, HubExchange.REQUEST, DeviceRequest.class)
                .name();
        String key = name.length() > 64 ? name.substring(0, 64) : name;
        if (!names.get(key, any -> perMinute(OF_ONE_NAME)).tryConsume(1) || !allNames.tryConsume(1)) {
            exchange.setProperty(HubExchange.UNNOTED, true);
        }
    }

    private static Bucket perMinute(int requests) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, MINUTE))
                .withNanosecondPrecision()
                .build();
    }
}
