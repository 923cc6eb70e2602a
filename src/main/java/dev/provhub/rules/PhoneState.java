package dev.provhub.rules;

import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModel.Provisioning;
import dev.provhub.device.MacAddress;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a phone knows when it reads a rule: the macros of section 4.2 of the device protocol, and the server that DHCP named.
 * Immutable.
 */
public final class PhoneState {
    private static final Pattern REGISTER = Pattern.compile("(?:GPP_)?(S[A-D]|[A-P])");
    private static final Pattern USER_ID = Pattern.compile("User_ID_(\\d{1,2})_");
    private static final Pattern USER_ID_MACRO = Pattern.compile("UID\\d{1,2}");
    private static final Pattern SECRET = Pattern.compile("S[A-D]");
    private static final Set<String> IN_KEY = Set.of("key");
    private static final Set<String> IN_LOGIN_TOO = Set.of("key", "uid", "pwd");
    private static final Set<String> WITHOUT_VALUE_AT_FIRST = Set.of(
            "MA", "MAU", "MAC", "PN", "PSN", "SN", "SWVER", "HWVER", "IP", "EXTIP", "UPGERR", "ERR", "SCHEME", "METH",
            "SERV", "SERVIP", "PORT", "PATH", "EMS");

    private final DeviceModel model;
    private final Map<String, String> values;
    private final Set<String> given;
    private final @Nullable String server;

    private PhoneState(DeviceModel model, Map<String, String> values, Set<String> given, @Nullable String server) {
        this.model = model;
        this.values = Map.copyOf(values);
        this.given = Set.copyOf(given);
        this.server = server;
    }

    /** A phone of a model after power-up, with its certificate, all lines registered and nothing in its registers. */
    public static PhoneState of(DeviceModel model) {
        Map<String, String> values = new TreeMap<>();
        WITHOUT_VALUE_AT_FIRST.forEach(name -> values.put(name, ""));
        for (char register = 'A'; register <= 'P'; register++) {
            values.put(String.valueOf(register), "");
        }
        if (hasSecretRegisters(model)) {
            Stream.of("SA", "SB", "SC", "SD").forEach(name -> values.put(name, ""));
        }
        for (int line = 1; line <= model.lines(); line++) {
            values.put("UID" + line, "");
        }
        values.putAll(Map.of(
                "CCERT",
                "Installed",
                "PRVST",
                "0",
                "PRVTMR",
                "0",
                "UPGST",
                "1",
                "UPGTMR",
                "0",
                "REGTMR1",
                "0",
                "REGTMR2",
                "0",
                "ISCUST",
                "0",
                "UPGCOND",
                "1"));
        Set<String> given = new HashSet<>(values.keySet());
        given.removeAll(WITHOUT_VALUE_AT_FIRST);
        return new PhoneState(model, values, given, null)
                .withMacro("PN", model.productNumber())
                .withMacro("PSN", model.productSeries());
    }

    private static boolean hasSecretRegisters(DeviceModel model) {
        return model.provisionable()
                .map(Provisioning::keyParameter)
                .filter(parameter -> parameter.startsWith("GPP_S"))
                .isPresent();
    }

    /** The phone with this MAC address. */
    public PhoneState with(MacAddress mac) {
        return withMacro("MA", mac.hex()).withMacro("MAU", mac.upper()).withMacro("MAC", mac.withColons());
    }

    /** The phone that was named this server by DHCP option 66. */
    public PhoneState withServer(String host) {
        return new PhoneState(model, values, given, host);
    }

    /**
     * The phone with another value.
     *
     * @param name a macro ({@code PRVST}, {@code A}), a register ({@code GPP_A}) or {@code User_ID_n_}
     * @throws RuleException when no rule can see such a value on this model
     */
    public PhoneState with(String name, String value) {
        String macro = macroOf(name);
        if (!values.containsKey(macro)) {
            throw new RuleException("'" + name + "' is nothing that a rule sees on " + model.name() + ": one of "
                    + String.join(", ", new TreeMap<>(values).keySet()));
        }
        return withMacro(macro, value);
    }

    private PhoneState withMacro(String macro, String value) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(macro, value);
        Set<String> more = new HashSet<>(given);
        more.add(macro);
        return new PhoneState(model, changed, more, server);
    }

    /** The phone after an assignment; what no rule sees changes nothing here. */
    PhoneState assigned(String parameter, String value) {
        String macro = macroOf(parameter);
        return values.containsKey(macro) ? withMacro(macro, value) : this;
    }

    private static String macroOf(String name) {
        Matcher register = REGISTER.matcher(name);
        if (register.matches()) {
            return register.group(1);
        }
        Matcher userId = USER_ID.matcher(name);
        return userId.matches() ? "UID" + userId.group(1) : name;
    }

    /** What a macro stands for; null when the phone has none of that name, as also for secret registers. */
    @Nullable
    String value(String macro) {
        return SECRET.matcher(macro).matches() ? null : values.get(macro);
    }

    /** As {@link #value}, inside the argument of an option, some of which see the secret registers. */
    @Nullable
    String valueInOption(String macro, String option) {
        return secretsIn().contains(option) ? values.get(macro) : value(macro);
    }

    private Set<String> secretsIn() {
        return model.provisionable().filter(Provisioning::secretLogins).isPresent() ? IN_LOGIN_TOO : IN_KEY;
    }

    /** Whether somebody said what a macro stands for; else it is taken for empty. */
    boolean isGiven(String macro) {
        return given.contains(macro) || USER_ID_MACRO.matcher(macro).matches();
    }

    /** The server of option 66, null when DHCP named none. */
    @Nullable
    String server() {
        return server;
    }
}
