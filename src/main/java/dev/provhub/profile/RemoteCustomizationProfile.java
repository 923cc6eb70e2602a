package dev.provhub.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * The minimal profile that is filed with the vendor, whose server gives it to units that were sold for a provider (device
 * protocol, section 7). It leads them to {@code /rc} of the hub and holds no secret.
 */
public final class RemoteCustomizationProfile {
    /** How many domains {@code Restricted_Access_Domains} takes. */
    private static final int MOST_DOMAINS = 5;

    private static final String RETRY_SECONDS = "30";

    private RemoteCustomizationProfile() {}

    /**
     * Makes it.
     *
     * @param bootstrap what the units will be told by the hub; gives the name servers
     * @param told      where they will be told to go
     * @param rc        URL that answers the bootstrap
     */
    public static Profile of(Profile bootstrap, PublicAddresses told, String rc) {
        List<ProfileValue> values = new ArrayList<>();
        List<ProfileNote> notes = new ArrayList<>();
        List<String> hosts = told.hosts();
        boolean areNames = hosts.stream().noneMatch(host -> host.matches("[0-9.]+"));
        if (areNames && hosts.size() <= MOST_DOMAINS) {
            values.add(value("Restricted_Access_Domains", String.join(",", hosts)));
        } else {
            notes.add(note("Restricted_Access_Domains", "takes up to 5 domains and no addresses, so it is left out"));
        }
        for (String name : List.of("Primary_DNS", "Secondary_DNS")) {
            bootstrap
                    .find(name)
                    .ifPresentOrElse(
                            dns -> values.add(value(name, dns.text())),
                            () -> notes.add(note(name, "layers/bootstrap.yaml does not set it")));
        }
        values.add(value("Provision_Enable", "Yes"));
        values.add(value("Resync_Periodic", RETRY_SECONDS));
        values.add(value("Resync_Error_Retry_Delay", RETRY_SECONDS));
        values.add(value("Profile_Rule", rc + "?id=$MA"));
        return new Profile(Profile.Kind.BOOTSTRAP, null, values, notes);
    }

    private static ProfileValue value(String name, String text) {
        return new ProfileValue(name, text, null, origin(), false, List.of());
    }

    private static ProfileNote note(String name, String why) {
        return new ProfileNote(name, origin(), why, List.of());
    }

    private static Origin origin() {
        return new Origin("rc-template", null);
    }
}
