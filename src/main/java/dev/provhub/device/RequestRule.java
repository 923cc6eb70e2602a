package dev.provhub.device;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One line of {@code config/request-rules.yaml}: a path with holes, and what a name that fits it means. */
public final class RequestRule {
    private static final Pattern HOLE = Pattern.compile("\\{([a-z]+)}");

    private final String path;
    private final Pattern pattern;
    private final List<Hole> holes;
    private final Asked.Kind means;
    private final @Nullable DeviceModel model;
    private final String why;

    /**
     * @param path  begins with a slash; holes as {@link Hole} lists them, in braces
     * @param means what a name that fits means
     * @param model what a default path without a model's name implies; null for nothing
     * @param why   for a foreign path, what an operator should read; else empty
     * @throws IllegalArgumentException when the path does not begin with a slash or has a hole that is unknown, stands
     *     twice, or is missing for this meaning
     */
    public RequestRule(String path, Asked.Kind means, @Nullable DeviceModel model, String why) {
        this.path = path;
        this.means = means;
        this.model = model;
        this.why = why;
        this.holes = new ArrayList<>();
        this.pattern = compile(path, holes);
        for (Hole needed : neededBy(means)) {
            if (!holes.contains(needed)) {
                throw new IllegalArgumentException("path '" + path + "' needs {" + needed.word() + "}");
            }
        }
    }

    private static Pattern compile(String path, List<Hole> holes) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path '" + path + "' does not begin with a slash");
        }
        StringBuilder regex = new StringBuilder();
        Matcher matcher = HOLE.matcher(path);
        int end = 1;
        while (matcher.find()) {
            Hole hole = Hole.of(matcher.group(1));
            if (holes.contains(hole)) {
                throw new IllegalArgumentException("path '" + path + "' has {" + hole.word() + "} twice");
            }
            holes.add(hole);
            regex.append(Pattern.quote(path.substring(end, matcher.start())));
            regex.append('(').append(hole.regex).append(')');
            end = matcher.end();
        }
        regex.append(Pattern.quote(path.substring(end)));
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }

    private static List<Hole> neededBy(Asked.Kind means) {
        return switch (means) {
            case NEXT_STEP -> List.of(Hole.SERIES);
            case KEY_BY_TOKEN -> List.of(Hole.TOKEN);
            case OWN_PROFILE, OWN_PROFILE_AES128GCM -> List.of(Hole.DIRECTORY, Hole.REVISION, Hole.VERSION);
            case FIRMWARE -> List.of(Hole.FILE);
            case CERTIFICATE -> List.of(Hole.NAME);
            case REPORT -> List.of(Hole.DIRECTORY);
            case DEFAULT_PATH, REMOTE_CUSTOMIZATION, FOREIGN, UNKNOWN -> List.of();
        };
    }

    /** As it stands in the file. */
    String path() {
        return path;
    }

    /** @param path without leading slashes; empty when the rule does not fit */
    Optional<Asked> read(String path, DeviceModels models) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<Hole, String> filled = new EnumMap<>(Hole.class);
        for (int i = 0; i < holes.size(); i++) {
            filled.put(holes.get(i), matcher.group(i + 1));
        }
        return asked(filled, models);
    }

    private Optional<Asked> asked(Map<Hole, String> filled, DeviceModels models) {
        String mac = filled.get(Hole.MAC);
        MacAddress address = mac == null ? null : MacAddress.parse(mac);
        return switch (means) {
            case DEFAULT_PATH -> defaultPath(filled, address, models);
            case NEXT_STEP -> Optional.of(new Asked.NextStep(text(filled, Hole.SERIES), address));
            case KEY_BY_TOKEN -> Optional.of(new Asked.KeyByToken(lower(filled, Hole.TOKEN)));
            case OWN_PROFILE, OWN_PROFILE_AES128GCM ->
                Optional.of(new Asked.OwnProfile(
                        lower(filled, Hole.DIRECTORY),
                        text(filled, Hole.REVISION),
                        text(filled, Hole.VERSION),
                        means == Asked.Kind.OWN_PROFILE_AES128GCM));
            case FIRMWARE -> Optional.of(new Asked.Firmware(text(filled, Hole.FILE)));
            case CERTIFICATE -> Optional.of(new Asked.Certificate(lower(filled, Hole.NAME)));
            case REMOTE_CUSTOMIZATION -> Optional.of(new Asked.RemoteCustomization(filled.get(Hole.TENANT)));
            case REPORT -> Optional.of(new Asked.Report(lower(filled, Hole.DIRECTORY)));
            case FOREIGN -> Optional.of(new Asked.Foreign(why));
            case UNKNOWN -> Optional.of(new Asked.Unknown());
        };
    }

    private Optional<Asked> defaultPath(Map<Hole, String> filled, @Nullable MacAddress mac, DeviceModels models) {
        if (holes.contains(Hole.PSN)) {
            return models.withSeries(text(filled, Hole.PSN)).map(named -> new Asked.DefaultPath(named, mac));
        }
        if (holes.contains(Hole.PN)) {
            return models.withProductNumber(text(filled, Hole.PN)).map(named -> new Asked.DefaultPath(named, mac));
        }
        return Optional.of(new Asked.DefaultPath(model, mac));
    }

    private static String text(Map<Hole, String> filled, Hole hole) {
        return filled.getOrDefault(hole, "");
    }

    private static String lower(Map<Hole, String> filled, Hole hole) {
        return text(filled, hole).toLowerCase(Locale.ROOT);
    }

    /** What may stand in braces in a path. None reaches over a slash. */
    private enum Hole {
        MAC("[0-9a-f]{12}"),
        PSN("[^/]+"),
        PN("[^/]+"),
        SERIES("[^/]+"),
        DIRECTORY("[a-z0-9]{1,64}"),
        TOKEN("[a-z0-9]{1,64}"),
        REVISION("[^/]*"),
        VERSION("[^/]*"),
        FILE("[^/]+"),
        NAME("[^/]+"),
        TENANT("[^/]{1,63}"),
        ANY("[^/]*");

        private final String regex;

        Hole(String regex) {
            this.regex = regex;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Hole of(String word) {
            for (Hole hole : values()) {
                if (hole.word().equals(word)) {
                    return hole;
                }
            }
            throw new IllegalArgumentException("{" + word + "} is not known in a path");
        }
    }
}
