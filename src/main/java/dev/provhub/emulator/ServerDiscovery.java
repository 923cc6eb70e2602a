package dev.provhub.emulator;

import dev.provhub.emulator.transport.PhoneUrl;
import dev.provhub.emulator.transport.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the URL of a profile rule into what is really asked for (section 3.2). One that names its server stands as it is;
 * one that begins with a slash needs a server from DHCP.
 *
 * <pre>
 * option                SPA, ATA                      MPP, in this order
 * host                  tftp://host/rule              both tails over tftp, http, https
 * scheme://host         scheme://host/rule            both tails
 * scheme://host/        scheme://host//rule           both tails
 * scheme://host/file    scheme://host/file            file, then file with both tails
 * </pre>
 *
 * The tails are the rule itself and {@code /Cisco/$PN/$MA.cfg}.
 */
final class ServerDiscovery {
    private static final List<Integer> OPTIONS = List.of(66, 160, 159, 150);
    private static final List<Integer> OLD_OPTIONS = List.of(66, 150);
    private static final String SECOND_TAIL = "/Cisco/$PN/$MA.cfg";

    private final PhoneFamily family;
    private final DhcpOptions dhcp;
    private final PhoneFacts facts;

    ServerDiscovery(PhoneFamily family, DhcpOptions dhcp, PhoneFacts facts) {
        this.family = family;
        this.dhcp = dhcp;
        this.facts = facts;
    }

    /** What to ask for, in order, until something succeeds; empty when there is no server or no URL. */
    List<PhoneUrl> urls(String expandedUrl) {
        if (!expandedUrl.startsWith("/")) {
            return withoutScheme(expandedUrl).contains("/")
                    ? PhoneUrl.parse(expandedUrl).stream().toList()
                    : List.of();
        }
        List<String> values = (family.has(PhoneTrait.FURTHER_DHCP_OPTIONS) ? OPTIONS : OLD_OPTIONS)
                .stream().flatMap(option -> optionValue(option).stream()).toList();
        return family.has(PhoneTrait.DHCP_TAILS)
                ? values.stream()
                        .flatMap(value -> withTails(value, expandedUrl).stream())
                        .toList()
                : values.stream()
                        .flatMap(value -> appended(value, expandedUrl).stream())
                        .limit(1)
                        .toList();
    }

    private Optional<String> optionValue(int option) {
        return dhcp.value(option).map(facts::expand).map(text -> option == 150 ? text.split("[,\\s]", 2)[0] : text);
    }

    private static Optional<PhoneUrl> appended(String option, String rule) {
        String server = option.contains("://") ? option : Scheme.TFTP.text() + "://" + option;
        return PhoneUrl.parse(namesFile(server) ? server : server + rule);
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
