package dev.provhub.emulator;

import dev.provhub.emulator.transport.PhoneUrl;
import dev.provhub.emulator.transport.Scheme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns the URL of a profile rule into what is really asked for (section 3.2). One that names its server stands as it is;
 * one that begins with a slash needs a server from DHCP.
 *
 * <pre>
 * option                SPA, ATA                      MPP, in this order
 * host                  tftp://host/rule (1)          both tails over tftp, http, https
 * scheme://host         scheme://host/rule            both tails
 * scheme://host/        scheme://host//rule           both tails
 * scheme://host/file    scheme://host/file            file, then file with both tails
 * </pre>
 *
 * (1) or as {@code Transport_Protocol} says. The tails are the rule itself and {@code /Cisco/$PN/$MA.cfg}.
 */
final class ServerDiscovery {
    private static final String OLD_OPTIONS = "66,150";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");
    /** What an enterprise phone asks for. */
    private static final String SCCP_FILE = "/XMLDefault.cnf.xml";

    private static final String SECOND_TAIL = "/Cisco/$PN/$MA.cfg";

    private final PhoneFamily family;
    private final DhcpOptions dhcp;
    private final PhoneFacts facts;
    private final Parameters parameters;

    ServerDiscovery(PhoneFamily family, DhcpOptions dhcp, PhoneFacts facts, Parameters parameters) {
        this.family = family;
        this.dhcp = dhcp;
        this.facts = facts;
        this.parameters = parameters;
    }

    /** What to ask for, in order, until something succeeds; empty when there is no server or no URL. */
    List<PhoneUrl> urls(String expandedUrl) {
        if (!expandedUrl.startsWith("/")) {
            return withoutScheme(expandedUrl).contains("/")
                    ? PhoneUrl.parse(expandedUrl).stream().toList()
                    : List.of();
        }
        List<String> values =
                options().flatMap(option -> optionValue(option).stream()).toList();
        if (family.has(PhoneTrait.DHCP_TAILS)) {
            return values.stream()
                    .flatMap(value -> withTails(value, expandedUrl).stream())
                    .toList();
        }
        String rule = takesItselfForEnterprise() ? SCCP_FILE : expandedUrl;
        return values.stream()
                .flatMap(value -> appended(value, rule).stream())
                .limit(1)
                .toList();
    }

    /** Where a report goes: a URL that names no server goes to that of the first DHCP option that helps. */
    Optional<PhoneUrl> home(String expandedUrl) {
        if (!expandedUrl.startsWith("/")) {
            return PhoneUrl.parse(expandedUrl);
        }
        return options()
                .flatMap(option -> optionValue(option).stream())
                .flatMap(value -> PhoneUrl.parse(withScheme(value.split(";", 2)[0])).stream())
                .findFirst()
                .map(server -> server.withPath(expandedUrl));
    }

    /** In the order of {@code DHCP_Option_To_Use}, where the model has it. */
    private Stream<Integer> options() {
        String order = family.has(PhoneTrait.FURTHER_DHCP_OPTIONS) ? parameters.get("DHCP_Option_To_Use") : OLD_OPTIONS;
        return Arrays.stream(order.split(",", -1))
                .map(String::strip)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Integer::valueOf);
    }

    /**
     * SPA3xx/5xx whose option 66 is missing or names no server. That 160 or 159 saves it from that is not documented, but
     * what those options are for.
     */
    private boolean takesItselfForEnterprise() {
        return family.has(PhoneTrait.SCCP_FALLBACK)
                && parameters.isYes("SPCP_Auto-detect")
                && Stream.of(66, 160, 159)
                        .flatMap(option -> optionValue(option).stream())
                        .flatMap(value -> appended(value, "/").stream())
                        .findAny()
                        .isEmpty();
    }

    private Optional<String> optionValue(int option) {
        return dhcp.value(option).map(facts::expand).map(text -> option == 150 ? text.split("[,\\s]", 2)[0] : text);
    }

    private Optional<PhoneUrl> appended(String option, String rule) {
        String server = withScheme(option);
        return PhoneUrl.parse(namesFile(server) ? server : server + rule);
    }

    /** A bare server is asked as {@code Transport_Protocol} says, where the model has it; over TFTP by default. */
    private String withScheme(String option) {
        Scheme scheme = Scheme.spelled(
                        parameters.get("Transport_Protocol").strip().toLowerCase(Locale.ROOT))
                .orElse(Scheme.TFTP);
        return option.contains("://") ? option : scheme.text() + "://" + option;
    }

    private List<PhoneUrl> withTails(String option, String rule) {
        List<String> attempts = new ArrayList<>();
        for (String part : option.split(";", -1)) {
            String server = part.strip().replaceFirst("/+$", "");
            if (server.isEmpty()) {
                continue;
            }
            if (!server.contains("://")) {
                for (Scheme scheme : Scheme.values()) {
                    addTails(attempts, scheme.text() + "://" + server, rule);
                }
                continue;
            }
            if (namesFile(server)) {
                attempts.add(server);
            }
            addTails(attempts, server, rule);
        }
        return attempts.stream().flatMap(url -> PhoneUrl.parse(url).stream()).toList();
    }

    private void addTails(List<String> attempts, String server, String rule) {
        attempts.add(server + rule);
        attempts.add(server + facts.expand(SECOND_TAIL));
    }

    private static boolean namesFile(String server) {
        return withoutScheme(server).contains("/") && !server.endsWith("/");
    }

    private static String withoutScheme(String url) {
        int scheme = url.indexOf("://");
        return scheme < 0 ? url : url.substring(scheme + 3);
    }
}
