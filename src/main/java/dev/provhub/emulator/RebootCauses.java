package dev.provhub.emulator;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which parameters take a reboot to be in force. No document lists them; these are the ones that a device can only take up when
 * it starts: its place in the network and the ports it listens on.
 */
final class RebootCauses {
    private static final Pattern NAME =
            Pattern.compile("DHCP|Connection_Type|Static_IP|NetMask|Gateway|HostName|Host_Name|Domain|Primary_DNS"
                    + "|Secondary_DNS|DNS_Server_Order|Enable_VLAN|VLAN_ID|PC_Port_VLAN_ID|Enable_CDP"
                    + "|Enable_LLDP-MED|Network_Startup_Delay|Enable_802\\.1X_Authentication|Enable_Web_Server"
                    + "|Web_Server_Port|SIP_Port_[0-9]+_|SIP_TCP_Port_M(in|ax)|SPCP_Auto-detect"
                    + "|router-configuration/(WAN_Interface|WAN_VLAN_Setting|Internet_Option)/.*");

    private RebootCauses() {}

    /** The first of the changed parameters that needs one. */
    static Optional<String> among(List<String> changed) {
        return changed.stream().filter(name -> NAME.matcher(name).matches()).findFirst();
    }
}
