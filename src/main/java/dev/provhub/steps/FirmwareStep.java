package dev.provhub.steps;

import dev.provhub.device.DeviceRequest;
import dev.provhub.firmware.Downloads;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.component.TftpConstants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.HttpMessage;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Step {@code firmware}: images of the catalog and their parts, by name. What is not in the catalog is not there. No more are sent at a
 * time than the hub, or a rollout whose images they are, may send.
 */
public final class FirmwareStep {
    /** Phones come back at different times, so that they do not meet again. */
    private static final int RETRY_SECONDS = 30;

    private static final int RETRY_SPREAD = 61;

    private final Supplier<FirmwareCatalog> catalog;
    private final Function<Path, Optional<String>> checksums;
    private final Downloads downloads;
    private final AtomicInteger turnedAway = new AtomicInteger();

    /**
     * Needs the images.
     *
     * @param catalog   as it is now
     * @param checksums SHA-256 of a file, once it is known
     * @param downloads how many there may be
     */
    public FirmwareStep(
            Supplier<FirmwareCatalog> catalog, Function<Path, Optional<String>> checksums, Downloads downloads) {
        this.catalog = catalog;
        this.checksums = checksums;
        this.downloads = downloads;
    }

    /** From {@code hubFile} to a file as the body, to no body, or to a refusal for now. */
    public void find(Exchange exchange) {
        String name = HubExchange.required(exchange, HubExchange.FILE, String.class);
        Optional<Path> image = catalog.get().file(name).filter(Files::isRegularFile);
        if (image.isEmpty()) {
            exchange.setProperty(HubExchange.OUTCOME, "not found");
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, null);
            exchange.getMessage().setBody(null);
        } else if (isHead(exchange)) {
            give(exchange, image.get());
        } else {
            Optional<Downloads.Permit> permit = downloads.begin(name, address(exchange));
            if (permit.isEmpty()) {
                turnAway(exchange);
            } else {
                endAfterwards(exchange, permit.get());
                give(exchange, image.get());
            }
        }
    }

    private static String address(Exchange exchange) {
        return HubExchange.find(exchange, HubExchange.REQUEST, DeviceRequest.class)
                .map(DeviceRequest::address)
                .orElse("");
    }

    private static boolean isHead(Exchange exchange) {
        HttpMessage http = exchange.getIn(HttpMessage.class);
        return http != null
                && http.getRequest() != null
                && "HEAD".equals(http.getRequest().getMethod());
    }

    private void give(Exchange exchange, Path image) {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.CONTENT_TYPE, "application/octet-stream");
        message.setHeader("Accept-Ranges", "bytes");
        checksums.apply(image).ifPresent(sha256 -> {
            byte[] digest = HexFormat.of().parseHex(sha256);
            message.setHeader("ETag", '"' + sha256 + '"');
            // RFC 9530, section 3: of the whole file, also when a range of it is sent
            message.setHeader("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":");
        });
        message.setBody(image.toFile());
        exchange.setProperty(HubExchange.OUTCOME, "answered");
    }

    /** Over HTTP it ends when the answer has been written; over TFTP the transfer goes on after that, and takes the end with it. */
    private static void endAfterwards(Exchange exchange, Downloads.Permit permit) {
        exchange.setProperty(TftpConstants.WHEN_SENT, (Runnable) permit::end);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                if (done.getProperty(TftpConstants.WHEN_SENT) instanceof Runnable left) {
                    left.run();
                }
            }
        });
    }

    /** Too many: a status that makes a phone try again by its list of delays. */
    private void turnAway(Exchange exchange) {
        Message message = HubExchange.emptied(exchange);
        int after = RETRY_SECONDS + Math.floorMod(turnedAway.incrementAndGet() * 7, RETRY_SPREAD);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 503);
        message.setHeader("Retry-After", after);
        message.setHeader(TftpConstants.ERROR_CODE, TftpErrorCode.BUSY.name());
        exchange.setProperty(HubExchange.OUTCOME, "refused");
        exchange.setProperty(HubExchange.REASON, "firmware by name, but too many downloads are under way");
    }
}
