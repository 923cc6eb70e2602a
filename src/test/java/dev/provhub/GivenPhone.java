package dev.provhub;

import dev.provhub.device.MacAddress;
import dev.provhub.emulator.DhcpOptions;
import dev.provhub.emulator.PhoneIdentity;
import dev.provhub.emulator.PhoneModel;
import dev.provhub.emulator.VirtualPhone;
import dev.provhub.emulator.profile.OpeningProgram;
import dev.provhub.emulator.transport.LineQuality;
import dev.provhub.emulator.transport.TlsIdentity;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.KeyAndChain;
import dev.provhub.pki.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.jspecify.annotations.Nullable;

/** A phone that a test describes before it is switched on. Unless told otherwise it is whole and knows where the hub is. */
final class GivenPhone {
    private final VirtualPhones phones;
    private final HubUnderTest hub;
    private PhoneModel model = PhoneModel.SPA504G;
    private MacAddress mac = MacAddress.parse("000e08000001");
    private String serial = "CBT000000001";
    private @Nullable String version;
    private @Nullable String option66;
    private @Nullable String vendor;
    private @Nullable MacAddress certificateOf;
    private boolean certified = true;
    private @Nullable Instant date;
    private @Nullable X500Name subject;
    private @Nullable Path opener;
    private LineQuality quality = LineQuality.PERFECT;

    GivenPhone(VirtualPhones phones, HubUnderTest hub) {
        this.phones = phones;
        this.hub = hub;
    }

    GivenPhone thatIs(String modelName) {
        model = PhoneModel.named(modelName).orElseThrow();
        return this;
    }

    GivenPhone thatIs(PhoneModel which) {
        model = which;
        return this;
    }

    GivenPhone withMac(MacAddress address) {
        mac = address;
        serial = "CBT" + address.hex().substring(3).toUpperCase(java.util.Locale.ROOT);
        return this;
    }

    GivenPhone withSerial(String number) {
        serial = number;
        return this;
    }

    GivenPhone running(String firmware) {
        version = firmware;
        return this;
    }

    /** What its router's DHCP server says; the hub's public HTTP address by default. */
    GivenPhone withOption66(String text) {
        option66 = text;
        return this;
    }

    /** A remotely customized unit in a house whose DHCP server says nothing of a provider. */
    GivenPhone customizedBy(String vendorsUrl) {
        vendor = vendorsUrl;
        return this;
    }

    GivenPhone withoutCertificate() {
        certified = false;
        return this;
    }

    /** Holds the certificate, and its key, of another device. */
    GivenPhone withCertificateOf(MacAddress other) {
        certificateOf = other;
        return this;
    }

    /** Its clock is wrong until it has a time server. */
    GivenPhone believing(Instant wrongDate) {
        date = wrongDate;
        return this;
    }

    /** Holds the certificate that many old units share. */
    GivenPhone withGenericCertificate() {
        subject = new X500Name("OU=cisco.com, L=ciscogeneric, ST=ciscogeneric");
        return this;
    }

    /** Opens compiled profiles with a program. */
    GivenPhone targetedWith(Path program) {
        opener = program;
        return this;
    }

    GivenPhone onLine(LineQuality line) {
        quality = line;
        return this;
    }

    PhoneUnderTest switchedOn() throws IOException {
        HubCertificates certificates = HubCertificates.open(
                hub.config().folders().data().resolve("certs"), Clock.systemUTC(), new SecureRandom());
        PhoneUnderTest.Events events = new PhoneUnderTest.Events();
        VirtualPhone.Builder builder = VirtualPhone.builder(
                        new PhoneIdentity(model, mac.hex(), serial, version == null ? model.firstVersion() : version),
                        phones.clock(),
                        phones.network())
                .dhcp(dhcp())
                .trusting(List.of(certificates.authority()))
                .line(quality)
                .listener(events);
        if (vendor != null) {
            builder.customizedBy(vendor);
        }
        if (opener != null) {
            builder.targetedWith(new OpeningProgram(opener.toString()));
        }
        if (subject != null) {
            KeyAndChain generic = TestCertificates.of(hub.config().folders().data(), subject);
            builder.certificate(new TlsIdentity(generic.key(), generic.chain()));
        } else if (certified) {
            KeyAndChain own = certificates.issueDevice(
                    certificateOf == null ? mac : certificateOf, serial, model.productNumber());
            builder.certificate(new TlsIdentity(own.key(), own.chain()));
        }
        if (date != null) {
            builder.believing(date);
        }
        PhoneUnderTest phone = phones.add(new PhoneUnderTest(builder.build(), events));
        phone.switchOn();
        return phone;
    }

    private DhcpOptions dhcp() {
        if (vendor != null && option66 == null) {
            return DhcpOptions.NONE;
        }
        return DhcpOptions.tftpServerName(
                option66 == null ? hub.hub().publicAddresses().http() : option66);
    }
}
