package dev.provhub.emulator;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a {@link VirtualPhone} is made of; made by {@link VirtualPhone#builder}. MAC, serial, DHCP and clock must be set. */
public final class VirtualPhoneBuilder {

    private final PhoneModel model;
    private String mac = "";
    private String serial = "";
    private String softwareVersion = "";
    private PhoneTls tls = PhoneTls.none();
    private PhoneListener listener = (phone, event) -> {};
    private ConnectVia connectVia = ConnectVia.DIRECT;
    private RandomGenerator random = new Random(1);
    private boolean randomDelay = true;
    private @Nullable DhcpServer dhcp;
    private @Nullable PhoneClock clock;

    VirtualPhoneBuilder(PhoneModel model) {
        this.model = model;
    }

    /** @param value 12 lower-case hex digits */
    public VirtualPhoneBuilder mac(String value) {
        mac = value;
        return this;
    }

    public VirtualPhoneBuilder serial(String value) {
        serial = value;
        return this;
    }

    /** The firmware that it leaves the factory with. */
    public VirtualPhoneBuilder softwareVersion(String value) {
        softwareVersion = value;
        return this;
    }

    /**
     * The value of DHCP option 66 or 160: {@code HOST}, {@code HOST:PORT}, or a URL with or without a path.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public VirtualPhoneBuilder dhcpOption(String value) {
        dhcp = DhcpServer.parse(value);
        return this;
    }

    public VirtualPhoneBuilder tls(PhoneTls value) {
        tls = value;
        return this;
    }

    public VirtualPhoneBuilder clock(PhoneClock value) {
        clock = value;
        return this;
    }

    public VirtualPhoneBuilder listener(PhoneListener value) {
        listener = value;
        return this;
    }

    /** Where requests really go; plain name resolution if not set. */
    public VirtualPhoneBuilder connectVia(ConnectVia value) {
        connectVia = value;
        return this;
    }

    /** What random delays are drawn from; a fixed seed if not set. */
    public VirtualPhoneBuilder random(RandomGenerator value) {
        random = value;
        return this;
    }

    /** False to ask at once after power-on, whatever {@code Resync_Random_Delay} says. */
    public VirtualPhoneBuilder randomDelay(boolean value) {
        randomDelay = value;
        return this;
    }

    /** @throws IllegalArgumentException if something that must be set is not, or is out of its range */
    public VirtualPhone build() {
        identity();
        dhcp();
        clock();
        startingVersion();
        return new VirtualPhone(this);
    }

    PhoneIdentity identity() {
        return new PhoneIdentity(model, mac, serial, tls.clientKey() != null);
    }

    String startingVersion() {
        if (softwareVersion.isBlank()) {
            throw new IllegalArgumentException("Phone " + mac + " needs the version of its firmware");
        }
        return softwareVersion;
    }

    DhcpServer dhcp() {
        if (dhcp == null) {
            throw new IllegalArgumentException("Phone " + mac + " needs a DHCP option");
        }
        return dhcp;
    }

    PhoneClock clock() {
        if (clock == null) {
            throw new IllegalArgumentException("Phone " + mac + " needs a clock");
        }
        return clock;
    }

    PhoneTls tls() {
        return tls;
    }

    PhoneListener listener() {
        return listener;
    }

    ConnectVia connectVia() {
        return connectVia;
    }

    RandomGenerator random() {
        return random;
    }

    boolean randomDelay() {
        return randomDelay;
    }
}
