package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceSearch;
import dev.provhub.device.DeviceSearch.Found;
import dev.provhub.device.MacAddress;
import dev.provhub.device.filter.Candidate;
import dev.provhub.device.filter.DeviceFilter;
import dev.provhub.order.api.CsvTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Devices as rows of text, without their secrets. What is written here and read by {@link DeviceImport} changes nothing. Cells that a
 * spreadsheet would take for formulas are guarded.
 */
final class DeviceCsv {
    /** Columns that an import takes. */
    static final List<String> WRITABLE =
            List.of("mac", "model", "serial", "claimed", "tenant", "plan", "timeZone", "labels", "settings");
    /** Columns that only tell. */
    static final List<String> TOLD = List.of(
            "state",
            "revision",
            "appliedRevision",
            "applied",
            "runningVersion",
            "lastContact",
            "certificateEnd",
            "revoked");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 500;
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private final DeviceSearch search;
    private final Predicate<String> isSecret;

    /** @param isSecret whether the value of a device's own setting is never shown */
    DeviceCsv(DeviceSearch search, Predicate<String> isSecret) {
        this.search = search;
        this.isSecret = isSecret;
    }

    static String yesOrNo(boolean flag) {
        return flag ? "yes" : "no";
    }

    /** The settings that are no secrets as a JSON object; empty for none. */
    private String settings(Device device) {
        ObjectNode open = JSON.createObjectNode();
        new TreeMap<>(device.settings()).forEach((name, value) -> {
            if (!isSecret.test(name)) {
                open.put(name, value);
            }
        });
        return open.isEmpty() ? "" : open.toString();
    }

    private List<String> cells(Found found) {
        Candidate candidate = found.candidate();
        Device device = candidate.device();
        return List.of(
                device.mac().hex(),
                device.model(),
                text(device.serial()),
                yesOrNo(device.claimed()),
                text(device.place().tenant()),
                text(device.place().plan()),
                text(device.place().timeZone()),
                String.join(" ", new TreeSet<>(candidate.labels())),
                settings(device),
                device.standing().state().name(),
                String.valueOf(device.standing().revision()),
                text(device.standing().appliedRevision()),
                yesOrNo(candidate.applied()),
                text(device.standing().runningVersion()),
                text(candidate.lastContact()),
                text(candidate.certificateEnd()),
                yesOrNo(candidate.revoked()));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** The names of the columns, as a row. */
    static String header() {
        StringBuilder header = new StringBuilder();
        print(header, Stream.concat(WRITABLE.stream(), TOLD.stream()).toList());
        return header.toString();
    }

    /** Rows of some devices. */
    String rows(List<MacAddress> devices) {
        return rowsOf(search.among(devices));
    }

    private String rowsOf(List<Found> found) {
        StringBuilder text = new StringBuilder();
        found.forEach(
                one -> print(text, cells(one).stream().map(CsvTable::guarded).toList()));
        return text.toString();
    }

    /** Header and rows of all devices that a filter means, made page by page as they are read: any number of devices. */
    Rows rows(DeviceFilter filter) {
        return new Rows(filter);
    }

    /** See {@link DeviceCsv#rows}. */
    final class Rows extends InputStream {
        private final DeviceFilter filter;
        private byte[] page;
        private int at;
        private @Nullable MacAddress last;
        private boolean ended;

        private Rows(DeviceFilter filter) {
            this.filter = filter;
            this.page = header().getBytes(StandardCharsets.UTF_8);
        }

        /** Has the next page at hand; false at the end. */
        private boolean hasMore() {
            while (at == page.length && !ended) {
                List<Found> found = search.page(filter, last, PAGE);
                page = rowsOf(found).getBytes(StandardCharsets.UTF_8);
                at = 0;
                ended = found.size() < PAGE;
                last = found.isEmpty()
                        ? last
                        : found.get(found.size() - 1).candidate().device().mac();
            }
            return at < page.length;
        }

        @Override
        public int read() {
            return hasMore() ? page[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!hasMore()) {
                return -1;
            }
            int some = Math.min(length, page.length - at);
            System.arraycopy(page, at, into, offset, some);
            at += some;
            return some;
        }
    }

    private static void print(StringBuilder text, List<String> cells) {
        try (CSVPrinter printer = FORMAT.print(text)) {
            printer.printRecord(cells);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be written", e);
        }
    }
}
