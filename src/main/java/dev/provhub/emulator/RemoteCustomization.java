package dev.provhub.emulator;

import dev.provhub.emulator.profile.AliasMap;
import dev.provhub.emulator.profile.CorruptFileException;
import dev.provhub.emulator.profile.OpenedProfile;
import dev.provhub.emulator.profile.ProfileOpener;
import dev.provhub.emulator.transport.FetchResult;
import dev.provhub.emulator.transport.PhoneUrl;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's server that tells a unit whose it is (section 7). Its address is not published for SPA; the one that is given
 * is asked for a profile with {@code Profile_Rule}. A multiplatform phone asks only when no DHCP option has helped.
 */
final class RemoteCustomization {
    private static final int LARGEST_FILE_BYTES = 1 << 20;

    private final Workshop workshop;
    private final @Nullable String url;

    /** @param url with macros; null for a unit that is not customized */
    RemoteCustomization(Workshop workshop, @Nullable String url) {
        this.workshop = workshop;
        this.url = url;
    }

    /** What a fresh unit shows before it has asked anybody. */
    void reset() {
        workshop.memory().customization(url == null ? Customization.OPEN : Customization.PENDING);
    }

    private boolean isPending() {
        return url != null && workshop.memory().customization() == Customization.PENDING;
    }

    /** Whether it is to ask before its first resync. */
    boolean comesFirst() {
        return isPending() && !workshop.model().family().has(PhoneTrait.MULTIPLATFORM);
    }

    /** Whether it is to ask because the first resync has failed. */
    boolean comesAfterFailure() {
        return isPending() && workshop.model().family().has(PhoneTrait.MULTIPLATFORM);
    }

    /** The provider is known without it. */
    void resynced() {
        if (isPending() && workshop.model().family().has(PhoneTrait.MULTIPLATFORM)) {
            become(Customization.ABORTED, "a profile came before the vendor's server was asked");
        } else if (workshop.memory().customization() == Customization.CUSTOM_PENDING) {
            become(Customization.ACQUIRED, "the provider's profile is here");
        }
    }

    /**
     * Asks.
     *
     * @param then told whether a rule has come
     */
    void ask(Consumer<Boolean> then) {
        String text = workshop.facts().expand(String.valueOf(url));
        PhoneUrl parsed = PhoneUrl.parse(text).orElse(null);
        if (parsed == null) {
            become(Customization.UNAVAILABLE, "the vendor's URL is none");
            then.accept(false);
            return;
        }
        workshop.downloads()
                .fetch(
                        workshop.downloads().request(parsed, LARGEST_FILE_BYTES),
                        "remote customization",
                        result -> then.accept(take(result)));
    }

    private boolean take(FetchResult result) {
        if (result instanceof FetchResult.NotFound) {
            become(Customization.UNAVAILABLE, "the vendor's server does not know this unit");
            return false;
        }
        if (!(result instanceof FetchResult.Body body)) {
            String why = result instanceof FetchResult.Failed failed ? failed.reason() : "";
            workshop.tell(new PhoneEvent.Customized(Customization.PENDING, why));
            return false;
        }
        try {
            OpenedProfile profile = workshop.opener()
                    .open(body.bytes(), new ProfileOpener.Terms(body.contentEncoding(), null, null, AliasMap.NONE));
            workshop.parameters().apply(profile.settings());
            become(Customization.CUSTOM_PENDING, profile.settings().size() + " parameters from the vendor's server");
            return true;
        } catch (CorruptFileException e) {
            workshop.tell(new PhoneEvent.Customized(Customization.PENDING, "corrupt file: " + e.getMessage()));
            return false;
        }
    }

    private void become(Customization state, String why) {
        workshop.memory().customization(state);
        workshop.tell(new PhoneEvent.Customized(state, why));
    }
}
