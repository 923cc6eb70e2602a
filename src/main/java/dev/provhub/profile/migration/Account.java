package dev.provhub.profile.migration;

import dev.provhub.device.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A SIP account as a file sets it, and the parameters that the hub writes for a line of its own ({@code layers/line.yaml}).
 *
 * @param taken names of the parameters that the line stands for
 */
record Account(Line line, List<String> taken) {
    private static final List<String> TRANSPORTS = List.of("UDP", "TCP", "TLS");

    /** The account of a line; empty when user, password or domain are missing, or the file switches the line off. */
    static Optional<Account> of(PresentFile file, int number) {
        Optional<String> user = file.text("User_ID_" + number + "_");
        Optional<String> password = file.text("Password_" + number + "_");
        Optional<String> domain = file.text("Proxy_" + number + "_");
        boolean off = file.text("Line_Enable_" + number + "_")
                .filter("no"::equalsIgnoreCase)
                .isPresent();
        if (user.isEmpty() || password.isEmpty() || domain.isEmpty() || off) {
            return Optional.empty();
        }
        List<String> taken = new ArrayList<>();
        for (String name : List.of("User_ID", "Password", "Proxy", "Line_Enable")) {
            taken.add(name + "_" + number + "_");
        }
        String proxy = switched(file, number, "Use_Outbound_Proxy", "Outbound_Proxy", taken);
        String authUser = switched(file, number, "Use_Auth_ID", "Auth_ID", taken);
        String transport = file.text("SIP_Transport_" + number + "_")
                .filter(TRANSPORTS::contains)
                .orElse(null);
        String displayName = file.text("Display_Name_" + number + "_").orElse(null);
        String shortName = file.text("Short_Name_" + number + "_").orElse(null);
        takeIf(transport, "SIP_Transport_" + number + "_", taken);
        takeIf(displayName, "Display_Name_" + number + "_", taken);
        takeIf(shortName, "Short_Name_" + number + "_", taken);
        return Optional.of(new Account(
                new Line(
                        number,
                        shortName,
                        displayName,
                        user.get(),
                        authUser,
                        password.get(),
                        domain.get(),
                        proxy,
                        transport),
                taken));
    }

    /** A value that another parameter switches on; null when it is off, and then both stay as they are. */
    private static @Nullable String switched(
            PresentFile file, int number, String use, String parameter, List<String> taken) {
        String name = parameter + "_" + number + "_";
        boolean on = file.text(use + "_" + number + "_")
                .filter("yes"::equalsIgnoreCase)
                .isPresent();
        String value = on ? file.text(name).orElse(null) : null;
        if (value != null) {
            taken.add(use + "_" + number + "_");
            taken.add(name);
        }
        return value;
    }

    private static void takeIf(@Nullable String value, String name, List<String> taken) {
        if (value != null) {
            taken.add(name);
        }
    }
}
