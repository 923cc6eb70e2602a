package dev.provhub.store;

import dev.provhub.device.filter.DeviceFilter;
import dev.provhub.device.filter.FilterField;
import dev.provhub.device.filter.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A filter as a condition on {@code device d}. Every part is true or false, never null, so that {@code not} means the same as in
 * Java. Values are parameters, never part of the text. No part is {@code in} over a query: H2 runs such a query for every row.
 */
final class FilterSql {
    /** Stands between the parts of a key of {@link #appliedKeys}: no text that people write holds it. */
    static final String BETWEEN = "\u001f";

    private static final String FITS_PATTERN = " like ? escape '!'";
    private static final String IS_ANY = " = any(cast(? as varchar array))";

    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> values = new ArrayList<>();
    private final Supplier<List<String>> versions;
    private final Supplier<List<String>> appliedKeys;

    /**
     * Begins with nothing.
     *
     * @param versions    every firmware version that runs somewhere
     * @param appliedKeys what a device that has applied its present revision shows, see {@code JdbcDeviceSearch}
     */
    FilterSql(Supplier<List<String>> versions, Supplier<List<String>> appliedKeys) {
        this.versions = versions;
        this.appliedKeys = appliedKeys;
    }

    FilterSql add(DeviceFilter filter) {
        if (filter instanceof DeviceFilter.All) {
            text.append("1 = 1");
        } else if (filter instanceof DeviceFilter.Not not) {
            text.append("not (");
            add(not.of());
            text.append(')');
        } else if (filter instanceof DeviceFilter.And and) {
            all(and.of(), " and ");
        } else if (filter instanceof DeviceFilter.Or or) {
            all(or.of(), " or ");
        } else if (filter instanceof DeviceFilter.OneOf oneOf) {
            List<String> wanted = oneOf.values().stream()
                    .map(value -> column(oneOf.field(), value))
                    .toList();
            texts(oneOf.field(), IS_ANY, wanted);
        } else if (filter instanceof DeviceFilter.Like like) {
            texts(like.field(), FITS_PATTERN, like.glob().like());
        } else if (filter instanceof DeviceFilter.MacOrder order) {
            put("d.mac " + order.order().sign() + " ?", order.mac());
        } else if (filter instanceof DeviceFilter.Missing missing) {
            missing(missing.field());
        } else if (filter instanceof DeviceFilter.Flag flag) {
            flag(flag.field(), flag.wanted());
        } else if (filter instanceof DeviceFilter.OfVersion version) {
            put(
                    "(d.running_version is not null and d.running_version" + IS_ANY + ")",
                    versions.get().stream().filter(version::accepts).toList());
        } else if (filter instanceof DeviceFilter.RevisionIs is) {
            put(
                    "cast(d.revision as varchar)" + IS_ANY,
                    is.numbers().stream().map(String::valueOf).toList());
        } else if (filter instanceof DeviceFilter.RevisionOrder order) {
            put("d.revision " + order.order().sign() + " ?", order.number());
        } else if (filter instanceof DeviceFilter.TimeOrder order) {
            time(order.field(), order.order());
            values.add(order.time());
        } else {
            throw new IllegalStateException("no SQL for " + filter);
        }
        return this;
    }

    private void all(List<DeviceFilter> parts, String between) {
        text.append('(');
        for (int i = 0; i < parts.size(); i++) {
            text.append(i == 0 ? "" : between);
            add(parts.get(i));
        }
        text.append(')');
    }

    private void put(String condition, Object value) {
        text.append(condition);
        values.add(value);
    }

    private static String column(FilterField field, String value) {
        return field == FilterField.STATE ? value.toLowerCase(Locale.ROOT) : value;
    }

    private void texts(FilterField field, String condition, Object value) {
        if (field == FilterField.LABEL) {
            put("exists (select 1 from device_label b where b.mac = d.mac and b.label" + condition + ")", value);
        } else {
            String name = "d." + field.name().toLowerCase(Locale.ROOT);
            put("(" + name + " is not null and " + name + condition + ")", value);
        }
    }

    private void missing(FilterField field) {
        switch (field) {
            case LABEL -> text.append("not exists (select 1 from device_label b where b.mac = d.mac)");
            case VERSION -> text.append("d.running_version is null");
            case LAST_CONTACT -> text.append("not exists (select 1 from device_seen s where s.mac = d.mac)");
            case CERTIFICATE -> text.append("not exists (select 1 from device_certificate c where c.mac = d.mac)");
            default -> text.append("d." + field.name().toLowerCase(Locale.ROOT) + " is null");
        }
    }

    private void time(FilterField field, Order order) {
        text.append(
                field == FilterField.LAST_CONTACT
                        ? "exists (select 1 from device_seen s where s.mac = d.mac and s.last_contact " + order.sign()
                                + " ?)"
                        : "exists (select 1 from device_certificate c where c.mac = d.mac and c.not_after "
                                + order.sign() + " ?)");
    }

    private void flag(FilterField field, boolean wanted) {
        text.append(wanted ? "" : "not ");
        switch (field) {
            case CLAIMED -> text.append("d.claimed");
            case REVOKED ->
                text.append("(exists (select 1 from revocation r where r.kind = 'mac' and r.what = d.mac)"
                        + " or exists (select 1 from device_certificate c join revocation r on r.what = c.number"
                        + " where c.mac = d.mac and r.kind = 'certificate'))");
            case APPLIED -> applied();
            default -> throw new IllegalStateException(field + " is no flag");
        }
    }

    private void applied() {
        String key = String.join(
                " || '" + BETWEEN + "' || ",
                "d.model",
                "coalesce(d.tenant, '')",
                "coalesce(d.plan, '')",
                "coalesce(d.own_firmware, '')",
                "coalesce(d.running_version, '')",
                "coalesce(d.rolled_version, '')",
                "case when d.rolled_down then '1' else '0' end",
                "coalesce(cast(d.rolled_layers as varchar), '')",
                "substring(d.applied_revision from length(cast(d.revision as varchar)) + 2)");
        put(
                "(d.claimed and d.applied_revision is not null"
                        + " and d.applied_revision like cast(d.revision as varchar) || '.%' and " + key + IS_ANY
                        + ")",
                appliedKeys.get());
    }

    String text() {
        return text.toString();
    }

    /** The parameters of the condition, and more behind them. */
    Binder binder(@Nullable Object... more) {
        List<@Nullable Object> all = new ArrayList<>(values);
        all.addAll(java.util.Arrays.asList(more));
        return Binder.of(all.toArray());
    }
}
