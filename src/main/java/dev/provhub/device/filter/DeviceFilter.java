package dev.provhub.device.filter;

import dev.provhub.device.Device;
import dev.provhub.firmware.FirmwareVersion;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which devices are meant. Every part is true or false of a device, never unknown: what compares a value that a device does
 * not have is false, and {@code !=} is {@code not =}. Immutable.
 */
public sealed interface DeviceFilter {
    /** Every device. */
    DeviceFilter EVERY = new All();

    /** Whether a device is meant. */
    boolean test(Candidate candidate);

    /** Every device. */
    record All() implements DeviceFilter {
        @Override
        public boolean test(Candidate candidate) {
            return true;
        }
    }

    /** Those that another one does not mean. */
    record Not(DeviceFilter of) implements DeviceFilter {
        @Override
        public boolean test(Candidate candidate) {
            return !of.test(candidate);
        }
    }

    /** Those that all mean. */
    record And(List<DeviceFilter> of) implements DeviceFilter {
        /** Copies the list. */
        public And {
            of = List.copyOf(of);
        }

        @Override
        public boolean test(Candidate candidate) {
            return of.stream().allMatch(part -> part.test(candidate));
        }
    }

    /** Those that any of them means. */
    record Or(List<DeviceFilter> of) implements DeviceFilter {
        /** Copies the list. */
        public Or {
            of = List.copyOf(of);
        }

        @Override
        public boolean test(Candidate candidate) {
            return of.stream().anyMatch(part -> part.test(candidate));
        }
    }

    /**
     * Those whose text is one of these.
     *
     * @param field of {@code MAC}, {@code MODEL}, {@code SERIAL}, {@code STATE}, {@code TENANT}, {@code PLAN}, {@code LABEL}
     */
    record OneOf(FilterField field, Set<String> values) implements DeviceFilter {
        /** Copies the set. */
        public OneOf {
            values = Set.copyOf(values);
        }

        @Override
        public boolean test(Candidate candidate) {
            return texts(field, candidate).stream().anyMatch(values::contains);
        }

        @Override
        public String toString() {
            return field.word() + " in " + new TreeSet<>(values);
        }
    }

    /** Those whose text fits a pattern; fields as for {@link OneOf}. */
    record Like(FilterField field, Glob glob) implements DeviceFilter {
        @Override
        public boolean test(Candidate candidate) {
            return texts(field, candidate).stream().anyMatch(glob::fits);
        }
    }

    /** Those whose MAC address is below or above another one. */
    record MacOrder(Order order, String mac) implements DeviceFilter {
        @Override
        public boolean test(Candidate candidate) {
            return order.accepts(candidate.device().mac().hex().compareTo(mac));
        }
    }

    /** Those that do not have it. */
    record Missing(FilterField field) implements DeviceFilter {
        @Override
        public boolean test(Candidate candidate) {
            return switch (field) {
                case VERSION -> candidate.device().standing().runningVersion() == null;
                case LAST_CONTACT -> candidate.lastContact() == null;
                case CERTIFICATE -> candidate.certificateEnd() == null;
                default -> texts(field, candidate).isEmpty();
            };
        }
    }

    /** Those of which it is so, or not so: {@code CLAIMED}, {@code APPLIED}, {@code REVOKED}. */
    record Flag(FilterField field, boolean wanted) implements DeviceFilter {
        @Override
        public boolean test(Candidate candidate) {
            boolean is =
                    switch (field) {
                        case CLAIMED -> candidate.device().claimed();
                        case APPLIED -> candidate.applied();
                        case REVOKED -> candidate.revoked();
                        default -> throw new IllegalStateException(field + " is no flag");
                    };
            return is == wanted;
        }
    }

    /** Those that run a version of which this is so. */
    sealed interface OfVersion extends DeviceFilter {
        /** Whether a running version is meant. */
        boolean accepts(String running);

        @Override
        default boolean test(Candidate candidate) {
            String running = candidate.device().standing().runningVersion();
            return running != null && accepts(running);
        }
    }

    /** The same version, however it is written. */
    record VersionIs(String version) implements OfVersion {
        @Override
        public boolean accepts(String running) {
            return FirmwareVersion.parse(running).isSameAs(FirmwareVersion.parse(version));
        }
    }

    /** A version that fits a pattern; case does not count. */
    record VersionLike(Glob glob) implements OfVersion {
        @Override
        public boolean accepts(String running) {
            return new Glob(glob.text().toLowerCase(Locale.ROOT)).fits(running.toLowerCase(Locale.ROOT));
        }
    }

    /** A version of the same grammar, below or above this one. */
    record VersionOrder(Order order, String version) implements OfVersion {
        @Override
        public boolean accepts(String running) {
            FirmwareVersion left = FirmwareVersion.parse(running);
            FirmwareVersion right = FirmwareVersion.parse(version);
            if (!left.isComparableTo(right)) {
                return false;
            }
            return switch (order) {
                case LT -> left.isBelow(right);
                case LE -> !right.isBelow(left);
                case GT -> right.isBelow(left);
                case GE -> !left.isBelow(right);
            };
        }
    }

    /** Those whose data has just this number of revision. */
    record RevisionIs(Set<Long> numbers) implements DeviceFilter {
        /** Copies the set. */
        public RevisionIs {
            numbers = Set.copyOf(numbers);
        }

        @Override
        public boolean test(Candidate candidate) {
            return numbers.contains(candidate.device().standing().revision());
        }
    }

    /** Those whose data has a number of revision below or above. */
    record RevisionOrder(Order order, long number) implements DeviceFilter {
        @Override
        public boolean test(Candidate candidate) {
            return order.accepts(Long.compare(candidate.device().standing().revision(), number));
        }
    }

    /** Those whose time is before or after: {@code LAST_CONTACT}, {@code CERTIFICATE}. */
    record TimeOrder(FilterField field, Order order, Instant time) implements DeviceFilter {
        @Override
        public boolean test(Candidate candidate) {
            Instant is = field == FilterField.LAST_CONTACT ? candidate.lastContact() : candidate.certificateEnd();
            return is != null && order.accepts(is.compareTo(time));
        }
    }

    private static Collection<String> texts(FilterField field, Candidate candidate) {
        Device device = candidate.device();
        return switch (field) {
            case MAC -> Set.of(device.mac().hex());
            case MODEL -> Set.of(device.model());
            case SERIAL -> present(device.serial());
            case STATE -> Set.of(device.standing().state().name());
            case TENANT -> present(device.place().tenant());
            case PLAN -> present(device.place().plan());
            case LABEL -> candidate.labels();
            default -> throw new IllegalStateException(field + " is no text");
        };
    }

    private static Set<String> present(@Nullable String text) {
        return text == null ? Set.of() : Set.of(text);
    }
}
