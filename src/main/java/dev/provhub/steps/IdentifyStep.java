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
 * Step {@code identify}: who asks. Proof is a certificate that stands up to judgement, or the device's own directory; for the key
 * alone it may be a grant of the operator's. Evidence that contradicts itself is no proof. A MAC in a name and a User-Agent prove
 * nothing.
 */
public final class IdentifyStep {
    private final RequestRules rules;
    private final CertificateJudge judge;
    private final DeviceRepository devices;
    private final GrantedKeys grants;

    /** Needs what a name means, who signs certificates, where directories are known, and what was granted. */
    public IdentifyStep(RequestRules rules, CertificateJudge judge, DeviceRepository devices, GrantedKeys grants) {
        this.rules = rules;
        this.judge = judge;
        this.devices = devices;
        this.grants = grants;
    }

    /** From the request to {@code hubRequest}, {@code hubAsked}, {@code hubRule}, {@code hubIdentity}; empties the message. */
    public void identify(Exchange exchange) {
        DeviceRequest request = DeviceRequests.of(exchange);
        RequestRules.Reading reading = rules.read(request.name());
        if (reading.asked() instanceof Asked.Report && DeviceRequests.isUpload(exchange)) {
            exchange.setProperty(HubExchange.UPLOAD, exchange.getMessage().getBody());
        }
        HubExchange.emptied(exchange);
        exchange.setProperty(HubExchange.REQUEST, request);
        exchange.setProperty(HubExchange.ASKED, reading.asked());
        exchange.setProperty(HubExchange.RULE, reading.rule());
        exchange.setProperty(HubExchange.IDENTITY, identityOf(request, reading.asked()));
    }

    private Identity identityOf(DeviceRequest request, Asked asked) {
        if (asked instanceof Asked.KeyByToken token) {
            return grants.byToken(token, request);
        }
        Identity byCertificate = byCertificate(request, asked);
        if (asked instanceof Asked.Report report) {
            return byDirectory(report.directory(), byCertificate);
        }
        return asked instanceof Asked.OwnProfile own ? byDirectory(own.directory(), byCertificate) : byCertificate;
    }

    private Identity byDirectory(String directory, Identity byCertificate) {
        Optional<Device> owner = devices.findByDirectory(directory);
        if (owner.isEmpty()) {
            return new Identity.Nobody("nobody has this directory");
        }
        if (byCertificate instanceof Identity.ByCertificate proven
                && !proven.mac().equals(owner.get().mac())) {
            return Identity.Nobody.contradicted(
                    owner.get().mac(),
                    "the certificate is of " + proven.mac() + " but the directory is of "
                            + owner.get().mac());
        }
        return new Identity.ByDirectory(owner.get(), byCertificate instanceof Identity.ByCertificate);
    }

    private Identity byCertificate(DeviceRequest request, Asked asked) {
        if (request.certificates().isEmpty()) {
            return grants.withoutCertificate(asked, request);
        }
        CertificateEvidence evidence = judge.judge(request.certificates());
        if (evidence instanceof CertificateEvidence.Proof proof) {
            return asked.named()
                    .filter(named -> !named.equals(proof.mac()))
                    .<Identity>map(named -> Identity.Nobody.contradicted(
                            proof.mac(), "the certificate is of " + proof.mac() + " but the name is of " + named))
                    .orElseGet(() -> new Identity.ByCertificate(
                            proof.mac(), proof.serial(), proof.productNumber(), proof.families(), proof.shown()));
        }
        return grants.withRejected((CertificateEvidence.Rejected) evidence, asked, request);
    }
}
