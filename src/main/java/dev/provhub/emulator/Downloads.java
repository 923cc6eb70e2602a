package dev.provhub.emulator;

import dev.provhub.emulator.transport.FetchRequest;
import dev.provhub.emulator.transport.FetchResult;
import dev.provhub.emulator.transport.Fetcher;
import dev.provhub.emulator.transport.PhoneUrl;
import dev.provhub.emulator.transport.ServerName;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches what the phone's parameters allow, with its User-Agent, and tells of it. */
final class Downloads {
    private final PhoneModel model;
    private final Parameters parameters;
    private final PhoneFacts facts;
    private final Fetcher fetcher;
    private final Consumer<PhoneEvent> events;

    Downloads(PhoneModel model, Parameters parameters, PhoneFacts facts, Fetcher fetcher, Consumer<PhoneEvent> events) {
        this.model = model;
        this.parameters = parameters;
        this.facts = facts;
        this.fetcher = fetcher;
        this.events = events;
    }

    /** Gets a file. */
    FetchResult get(PhoneUrl url, String why, int maxBytes) {
        return fetch(url, why, maxBytes, Optional.empty(), Optional.empty());
    }

    /** Gets a file, or posts for it, perhaps with a login. */
    FetchResult fetch(PhoneUrl url, String why, int maxBytes, Optional<String> post, Optional<String> login) {
        if (!isAllowed(url.host())) {
            return new FetchResult.Failed(url.host() + " is not in Restricted_Access_Domains");
        }
        events.accept(new PhoneEvent.Requested(url.masked(), why));
        return fetcher.fetch(new FetchRequest(url, facts.userAgent(), post, login, maxBytes), serverName());
    }

    /** Up to five domains; a host in one of them, or one of them itself, may be asked. */
    private boolean isAllowed(String host) {
        String domains = parameters.get("Restricted_Access_Domains").strip();
        String wanted = host.toLowerCase(Locale.ROOT);
        return domains.isEmpty()
                || Arrays.stream(domains.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(String::strip)
                        .limit(5)
                        .filter(domain -> !domain.isEmpty())
                        .anyMatch(domain -> wanted.equals(domain) || wanted.endsWith("." + domain));
    }

    private ServerName serverName() {
        boolean unchecked = model.knows("HTTPS_Name_Validate") && !parameters.isYes("HTTPS_Name_Validate");
        return unchecked ? ServerName.UNCHECKED : model.family().security().serverName();
    }
}
