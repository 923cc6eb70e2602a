package dev.provhub.command;

import dev.provhub.profile.PublicAddresses;
import dev.provhub.profile.TenantAddresses;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub dhcp}: what the DHCP servers of this installation hand out. */
@Command(
        name = "dhcp",
        description = "Prints the DHCP options 66 and 160 for this installation.",
        mixinStandardHelpOptions = true)
final class DhcpCommand implements Callable<Integer> {
    private static final int TFTP_PORT = 69;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "for the networks of one tenant")
    private @Nullable String tenant;

    @Override
    public Integer call() {
        TenantAddresses addresses = hub.launcher().addresses(hub.read());
        if (tenant != null && addresses.named(tenant).isEmpty()) {
            System.err.println("note: tenant " + tenant + " has no addresses of its own in config/tenants.yaml;"
                    + " its phones are told everybody's");
        }
        System.out.print(text(addresses.of(tenant)));
        return 0;
    }

    static String text(PublicAddresses told) {
        String url = told.http();
        URI tftp = URI.create(told.tftp());
        boolean usualPort = tftp.getPort() < 0 || tftp.getPort() == TFTP_PORT;
        String old = usualPort
                ? "# Firmware that takes no URL there needs the bare name in option 66: " + tftp.getHost() + "\n"
                : "# Firmware that takes no URL there needs TFTP at port 69 and the bare name in option 66; hub.public.tftp\n"
                        + "# is " + told.tftp() + "\n";
        return "option 66:  " + url + "\noption 160: " + url + "\n\n" + old + "\n"
                + "# dnsmasq\n"
                + "dhcp-option=66,\"" + url + "\"\n"
                + "dhcp-option=160,\"" + url + "\"\n\n"
                + "# ISC dhcpd\n"
                + "option option-160 code 160 = text;\n"
                + "option tftp-server-name \"" + url + "\";\n"
                + "option option-160 \"" + url + "\";\n\n"
                + "# Kea\n"
                + "\"option-def\": [{\"name\": \"provisioning-url\", \"code\": 160, \"type\": \"string\"}],\n"
                + "\"option-data\": [\n"
                + "  {\"name\": \"tftp-server-name\", \"data\": \"" + url + "\"},\n"
                + "  {\"name\": \"provisioning-url\", \"data\": \"" + url + "\"}\n"
                + "]\n";
    }
}
