package dev.provhub.steps;

import dev.provhub.device.Asked;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.DeviceRequest;
import dev.provhub.device.RequestRules;
import dev.provhub.pki.CertificateEvidence;
import dev.provhub.pki.CertificateJudge;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Step {@code identify}: who asks. Proof is a certificate that stands up to judgement, or the device's own directory;
 * evidence that contradicts itself is no proof. A MAC in a name and a User-Agent prove nothing and are not looked at here.
 */
public final class IdentifyStep {
    private final RequestRules rules;
    private final CertificateJudge judge;
    private final DeviceRepository devices;

    /** Needs what a name means, who signs certificates, and where directories are known. */
    public IdentifyStep(RequestRules rules, CertificateJudge judge, DeviceRepository devices) {
        this.rules = rules;
        this.judge = judge;
        this.devices = devices;
    }

    /** From the request to {@code hubRequest}, {@code hubAsked}, {@code hubIdentity}; empties the message. */
    public void identify(Exchange exchange) {
        DeviceRequest request = DeviceRequests.of(exchange);
        HubExchange.emptied(exchange);
        Asked asked = rules.read(request.name());
        exchange.setProperty(HubExchange.REQUEST, request);
        exchange.setProperty(HubExchange.ASKED, asked);
        exchange.setProperty(HubExchange.IDENTITY, identityOf(request, asked));
    }

    private Identity identityOf(DeviceRequest request, Asked asked) {
        Identity byCertificate = unlessContradicted(byCertificate(request), asked);
        if (!(asked instanceof Asked.OwnProfile own)) {
            return byCertificate;
        }
        Optional<Device> owner = devices.findByDirectory(own.directory());
        if (owner.isEmpty()) {
            return new Identity.Nobody("nobody has this directory");
        }
        if (byCertificate instanceof Identity.ByCertificate proven
                && !proven.mac().equals(owner.get().mac())) {
            return new Identity.Nobody("the certificate is of " + proven.mac() + " but the directory is of "
                    + owner.get().mac());
        }
        return new Identity.ByDirectory(owner.get());
    }

    private static Identity unlessContradicted(Identity identity, Asked asked) {
        if (identity instanceof Identity.ByCertificate proven
                && asked.named().isPresent()
                && !asked.named().get().equals(proven.mac())) {
            return new Identity.Nobody("the certificate is of " + proven.mac() + " but the name is of "
                    + asked.named().get());
        }
        return identity;
    }

    private Identity byCertificate(DeviceRequest request) {
        if (request.certificates().isEmpty()) {
            return new Identity.Nobody("no client certificate");
        }
        CertificateEvidence evidence = judge.judge(request.certificates());
        if (evidence instanceof CertificateEvidence.Proof proof) {
            return new Identity.ByCertificate(proof.mac(), proof.serial(), proof.productNumber());
        }
        return new Identity.Nobody("certificate not taken: " + ((CertificateEvidence.Rejected) evidence).reason());
    }
}
