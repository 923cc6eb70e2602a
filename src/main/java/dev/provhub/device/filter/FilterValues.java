package dev.provhub.device.filter;

import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceState;
import dev.provhub.device.MacAddress;
import dev.provhub.firmware.FirmwareVersion;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What values mean to each field. */
final class FilterValues {
    private static final Pattern RELATIVE = Pattern.compile("([+-])(\\d{1,5})([mhdw])");
    private static final Map<String, Duration> UNITS = Map.of(
            "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1), "w", Duration.ofDays(7));
    private static final Map<String, Boolean> FLAGS = Map.of("yes", true, "true", true, "no", false, "false", false);

    private final FilterText source;
    private final DeviceModels models;
    private final Instant now;

    FilterValues(FilterText source, DeviceModels models, Instant now) {
        this.source = source;
        this.models = models;
        this.now = now;
    }

    FilterException wrong(int at, String wrong, String allowed, @Nullable String meant) {
        return new FilterException(at + 1, source.tokenAt(at), wrong, allowed, meant);
    }

    private FilterException wrong(FilterField field, FilterText.Value value, @Nullable String meant) {
        return wrong(value.start(), "'" + value.text() + "' is no value of " + field.word(), field.allowed(), meant);
    }

    FilterText.Value next(FilterField field) {
        int at = source.at();
        FilterText.Value value = source.takeValue();
        if (value == null) {
            throw wrong(at, "a value of " + field.word() + " is missing", field.allowed(), null);
        }
        return value;
    }

    /** {@code field=value}, also with a pattern or {@code none}. */
    DeviceFilter same(FilterField field, FilterText.Value value) {
        if (value.isNone() && field.mayMiss()) {
            return new DeviceFilter.Missing(field);
        }
        boolean pattern = !value.quoted() && value.text().contains("*");
        return switch (field.kind()) {
            case MAC -> pattern ? macs(value) : new DeviceFilter.OneOf(field, Set.of(mac(value)));
            case MODEL -> pattern ? models(value) : new DeviceFilter.OneOf(field, Set.of(model(value)));
            case FAMILY -> families(value, pattern);
            case TEXT ->
                pattern
                        ? new DeviceFilter.Like(field, new Glob(value.text()))
                        : new DeviceFilter.OneOf(field, Set.of(value.text()));
            case STATE -> new DeviceFilter.OneOf(field, Set.of(state(value)));
            case FLAG -> new DeviceFilter.Flag(field, flag(field, value));
            case VERSION ->
                pattern
                        ? new DeviceFilter.VersionLike(new Glob(value.text()))
                        : new DeviceFilter.VersionIs(value.text());
            case NUMBER -> new DeviceFilter.RevisionIs(Set.of(number(field, value)));
            case TIME ->
                throw wrong(
                        value.start(),
                        "no moment is just '" + value.text() + "'",
                        "< <= > >= with a time, and = or != with none",
                        null);
        };
    }

    /** {@code field~value}. */
    DeviceFilter like(FilterField field, FilterText.Value value, int operator) {
        return switch (field.kind()) {
            case MAC -> macs(value);
            case MODEL -> models(value);
            case FAMILY -> families(value, true);
            case TEXT -> new DeviceFilter.Like(field, new Glob(value.text()));
            case VERSION -> new DeviceFilter.VersionLike(new Glob(value.text()));
            default -> throw noOrder(field, "~", operator);
        };
    }

    /** {@code field<value} and the like. */
    DeviceFilter ordered(FilterField field, Order order, FilterText.Value value, int operator) {
        return switch (field.kind()) {
            case MAC -> new DeviceFilter.MacOrder(order, mac(value));
            case VERSION -> {
                FirmwareVersion version = FirmwareVersion.parse(value.text());
                if (!version.isComparableTo(version)) {
                    throw wrong(
                            value.start(),
                            "'" + value.text() + "' is no version that has an order",
                            "such as 7.5.6, 6.1.5(a), 11-3-2MPP0001-609",
                            null);
                }
                yield new DeviceFilter.VersionOrder(order, value.text());
            }
            case NUMBER -> new DeviceFilter.RevisionOrder(order, number(field, value));
            case TIME -> new DeviceFilter.TimeOrder(field, order, time(field, value));
            default -> throw noOrder(field, order.sign(), operator);
        };
    }

    private FilterException noOrder(FilterField field, String sign, int operator) {
        return wrong(operator, field.word() + " does not take " + sign, field.operators(), null);
    }

    private String mac(FilterText.Value value) {
        return MacAddress.find(value.text())
                .orElseThrow(() -> wrong(FilterField.MAC, value, null))
                .hex();
    }

    private DeviceFilter macs(FilterText.Value value) {
        String plain = value.text().toLowerCase(Locale.ROOT).replaceAll("[:.-]", "");
        if (!plain.matches("[0-9a-f*]{1,24}")) {
            throw wrong(FilterField.MAC, value, null);
        }
        return new DeviceFilter.Like(FilterField.MAC, new Glob(plain));
    }

    private String model(FilterText.Value value) {
        return models.find(value.text())
                .orElseThrow(() -> {
                    List<String> names =
                            models.all().stream().map(DeviceModel::name).toList();
                    return wrong(
                            value.start(),
                            "model '" + value.text() + "' is not in models.yaml",
                            FilterField.MODEL.allowed(),
                            Similar.to(value.text(), names));
                })
                .name();
    }

    private DeviceFilter models(FilterText.Value value) {
        return fitting(value, DeviceModel::name, "no model fits '" + value.text() + "'", true);
    }

    private DeviceFilter families(FilterText.Value value, boolean pattern) {
        return fitting(value, DeviceModel::family, "family '" + value.text() + "' is not in models.yaml", pattern);
    }

    private DeviceFilter fitting(
            FilterText.Value value, Function<DeviceModel, String> name, String none, boolean pattern) {
        String lower = value.text().toLowerCase(Locale.ROOT);
        Glob glob = new Glob(lower);
        Set<String> fitting = models.all().stream()
                .filter(model -> {
                    String candidate = name.apply(model).toLowerCase(Locale.ROOT);
                    return pattern ? glob.fits(candidate) : candidate.equals(lower);
                })
                .map(DeviceModel::name)
                .collect(Collectors.toSet());
        if (fitting.isEmpty()) {
            Collection<String> names = models.all().stream().map(name).collect(Collectors.toSet());
            throw wrong(value.start(), none, "a name in models.yaml, or a pattern", Similar.to(value.text(), names));
        }
        return new DeviceFilter.OneOf(FilterField.MODEL, fitting);
    }

    private String state(FilterText.Value value) {
        List<String> names =
                Arrays.stream(DeviceState.values()).map(DeviceState::name).toList();
        return names.stream()
                .filter(name -> name.equalsIgnoreCase(value.text()))
                .findFirst()
                .orElseThrow(() -> wrong(FilterField.STATE, value, Similar.to(value.text(), names)));
    }

    private boolean flag(FilterField field, FilterText.Value value) {
        Boolean flag = FLAGS.get(value.text().toLowerCase(Locale.ROOT));
        if (flag == null) {
            throw wrong(field, value, null);
        }
        return flag;
    }

    private long number(FilterField field, FilterText.Value value) {
        if (!value.text().matches("\\d{1,18}")) {
            throw wrong(field, value, null);
        }
        return Long.parseLong(value.text());
    }

    private Instant time(FilterField field, FilterText.Value value) {
        String text = value.text();
        Matcher relative = RELATIVE.matcher(text.toLowerCase(Locale.ROOT));
        if (relative.matches()) {
            Duration unit = UNITS.getOrDefault(relative.group(3), Duration.ZERO);
            Duration distance = unit.multipliedBy(Integer.parseInt(relative.group(2)));
            return relative.group(1).equals("-") ? now.minus(distance) : now.plus(distance);
        }
        if (text.equalsIgnoreCase("now")) {
            return now;
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw wrong(field, value, null);
        }
    }
}
