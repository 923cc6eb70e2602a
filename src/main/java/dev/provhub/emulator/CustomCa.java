package dev.provhub.emulator;

import dev.provhub.emulator.profile.Setting;
import dev.provhub.emulator.transport.FetchResult;
import dev.provhub.emulator.transport.PhoneUrl;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;

/**
 * {@code Custom_CA_URL} or {@code Custom_CA_Rule}: fetched right after the profile that sets it, trusted from the next
 * connection on. Its failure fails nothing.
 */
final class CustomCa {
    private static final int LARGEST_FILE_BYTES = 1 << 20;

    private final String parameter;
    private final Workshop workshop;
    private String trustedUrl = "";
    private boolean looked;

    CustomCa(Workshop workshop) {
        this.parameter = workshop.model().family().security().customCa();
        this.workshop = workshop;
    }

    /** Does nothing when the profile does not name one, or the one that is already trusted. */
    void fetchIfNamedBy(List<Setting> settings, Runnable then) {
        boolean named = settings.stream().anyMatch(setting -> setting.name().equals(parameter));
        String text = workshop.facts().expand(workshop.parameters().get(parameter));
        if (!named || text.isEmpty() || text.equals(trustedUrl)) {
            then.run();
        } else {
            fetch(text, then);
        }
    }

    /** Once after power-on: a phone that was given one before has to fetch it anew. */
    void fetchIfLost(Runnable then) {
        String text = workshop.facts().expand(workshop.parameters().get(parameter));
        if (looked || text.isEmpty() || !trustedUrl.isEmpty()) {
            then.run();
        } else {
            looked = true;
            fetch(text, then);
        }
    }

    /** Fetches one that a web page names. */
    void fetch(String text, Runnable then) {
        Optional<PhoneUrl> url = PhoneUrl.parse(text);
        if (url.isEmpty()) {
            workshop.tell(new PhoneEvent.CaFailed("", parameter + " is no URL"));
            then.run();
            return;
        }
        workshop.downloads().fetch(workshop.downloads().request(url.get(), LARGEST_FILE_BYTES), parameter, result -> {
            take(url.get(), text, result);
            then.run();
        });
    }

    void forget() {
        trustedUrl = "";
        workshop.tls().distrustAdded();
    }

    private void take(PhoneUrl url, String text, FetchResult result) {
        if (result instanceof FetchResult.Body body) {
            trust(url, text, body.bytes());
        } else {
            String error = result instanceof FetchResult.Failed failed ? failed.reason() : "file not found";
            workshop.tell(new PhoneEvent.CaFailed(url.masked(), error));
        }
    }

    private void trust(PhoneUrl url, String text, byte[] pem) {
        try {
            int certificates = workshop.tls().trust(pem);
            trustedUrl = text;
            workshop.tell(new PhoneEvent.CaTrusted(url.masked(), certificates));
        } catch (CertificateException e) {
            workshop.tell(new PhoneEvent.CaFailed(url.masked(), "not a PEM file of certificates"));
        }
    }
}
