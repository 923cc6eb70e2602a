package dev.provhub.profile;

import java.util.Set;
import java.util.TreeSet;

/** Which placeholders may stand in a value. */
enum Placeholders {
    /** In the layers of a site. */
    SHARED,
    /** In the layers that the hub itself is built on: bootstrap, key and the like. */
    HUB;

    static final String LINE = "line.";
    static final String SECRET = "secret.";
    static final String SETTING = "setting.";
    /** What a device opens {@code aes128gcm} with. */
    static final String MATERIAL = "key.material";

    private static final Set<String> OF_HUB = Set.of(
            "home",
            "own",
            "key",
            "key.parameter",
            MATERIAL,
            "directory",
            "revision",
            "rule.bootstrap",
            "rule.secured",
            "rule.report",
            "rule.upgrade");

    private static final Set<String> EVERYWHERE = Set.of(
            "device.mac",
            "device.mac.upper",
            "device.serial",
            "device.model",
            "device.timeZone",
            "device.domains",
            "line.number",
            "line.sipUser",
            "line.sipAuthUser",
            "line.sipPassword",
            "line.sipDomain",
            "line.sipProxy",
            "line.sipTransport",
            "line.displayName",
            "line.directoryNumber",
            "public.tftp",
            "public.http",
            "public.https",
            "public.https-legacy",
            "public.api");

    /** @throws IllegalArgumentException naming the placeholder and those that there are */
    void check(String name) {
        if (EVERYWHERE.contains(name)
                || (this == HUB && OF_HUB.contains(name))
                || (name.startsWith(SECRET) && name.length() > SECRET.length())) {
            return;
        }
        if (name.startsWith(SETTING)) {
            Settings.checkName(name.substring(SETTING.length()));
            return;
        }
        Set<String> known = new TreeSet<>(EVERYWHERE);
        if (this == HUB) {
            known.addAll(OF_HUB);
        }
        throw new IllegalArgumentException("${" + name + "} is not known; there are " + String.join(", ", known)
                + ", secret.<name> and setting.<name>");
    }
}
