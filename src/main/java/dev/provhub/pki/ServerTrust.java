package dev.provhub.pki;

import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModel.Provisioning;
import dev.provhub.device.DeviceModel.Tls;
import dev.provhub.device.DeviceModel.TrustedCa;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether devices of a model can trust what a listener shows, as far as documents say. What they do not say for sure is {@link
 * Answer#UNKNOWN}.
 */
public final class ServerTrust {
    private ServerTrust() {}

    /** Whether they can. */
    public enum Answer {
        YES,
        NO,
        UNKNOWN;

        /** In lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An answer and why, in words for an operator. */
    public record Verdict(Answer answer, String why) {}

    /**
     * A listener.
     *
     * @param name        {@code https} or {@code https-legacy}
     * @param enabled     whether it listens
     * @param tls         for which generation it is
     * @param host        the name that phones are told
     * @param certificate what it shows to who asks for no other name
     * @param origin      which CA that leads to
     */
    public record Shown(
            String name, boolean enabled, Tls tls, String host, X509Certificate certificate, ChainOrigin origin) {}

    /** @throws IllegalArgumentException for a model that takes no profile */
    public static Verdict of(DeviceModel model, Shown listener) {
        Provisioning how = model.provisionable()
                .orElseThrow(() -> new IllegalArgumentException("model " + model.name() + " takes no profile"));
        if (!listener.enabled()) {
            return new Verdict(Answer.NO, "the listener is not enabled");
        }
        if (how.tls() != listener.tls()) {
            return new Verdict(
                    Answer.NO,
                    how.tls() == Tls.LEGACY
                            ? "models.yaml: speaks old TLS only, and is sent to https-legacy"
                            : "models.yaml: speaks new TLS, and is sent to https");
        }
        Verdict byAuthority = byAuthority(how, listener.origin());
        return byAuthority.answer() == Answer.NO
                ? byAuthority
                : nameDoubt(how, listener)
                        .map(doubt -> new Verdict(Answer.UNKNOWN, byAuthority.why() + "; but " + doubt))
                        .orElse(byAuthority);
    }

    private static Verdict byAuthority(Provisioning how, ChainOrigin origin) {
        if (origin.how() == ChainOrigin.How.BROKEN) {
            return new Verdict(Answer.NO, "the chain is broken: a certificate in it is not signed by the next one");
        }
        if (ChainOrigin.OWN.equals(origin.authority())) {
            return byCustomAuthority(how);
        }
        Optional<TrustedCa> trusted = how.trustedCas().stream()
                .filter(ca -> ca.name().equals(origin.authority()))
                .findFirst();
        String issued = "issued by " + (origin.authority() == null ? origin.issuer() : origin.authority());
        if (trusted.isEmpty()) {
            return notBuiltIn(how, origin, issued);
        }
        TrustedCa ca = trusted.get();
        if (ca.unconfirmed() != null) {
            return new Verdict(Answer.UNKNOWN, issued + ": " + ca.unconfirmed());
        }
        if (!origin.isSure()) {
            return new Verdict(
                    Answer.UNKNOWN,
                    issued + " by the name of its issuer alone; lay that CA's certificate at config/certs/ca/"
                            + ca.name() + ".pem to be sure");
        }
        return ca.from() == null
                ? new Verdict(Answer.YES, issued + ", which its firmware has")
                : new Verdict(
                        Answer.UNKNOWN, issued + ", which its firmware has from " + ca.from() + " on, and not before");
    }

    private static Verdict byCustomAuthority(Provisioning how) {
        String issued = "issued by the development CA: ";
        if (how.customCaParameter() == null) {
            return new Verdict(Answer.NO, issued + signedBy(how));
        }
        String way = issued + "only over custom CA, which this family takes by " + how.customCaParameter();
        return how.customCaDoubt() == null
                ? new Verdict(Answer.YES, way)
                : new Verdict(Answer.UNKNOWN, way + " (unconfirmed: " + how.customCaDoubt() + ")");
    }

    private static Verdict notBuiltIn(Provisioning how, ChainOrigin origin, String issued) {
        if (how.customCaParameter() != null) {
            return new Verdict(
                    Answer.UNKNOWN,
                    issued + ", which its firmware is not known to have; a layer may name it by "
                            + how.customCaParameter());
        }
        // Who signed is not known for sure: it may be a CA above the one that is named
        return new Verdict(
                origin.how() == ChainOrigin.How.UNKNOWN ? Answer.UNKNOWN : Answer.NO, issued + ": " + signedBy(how));
    }

    private static String signedBy(Provisioning how) {
        return "trusts "
                + how.trustedCas().stream()
                        .map(ca -> ca.name() + (ca.unconfirmed() == null ? "" : " (unconfirmed)"))
                        .collect(Collectors.joining(", "))
                + " only: have a CSR signed by one of these (./hub cert csr)";
    }

    /** Old phones look for the common name in DNS; of the others it is not known which name they compare. */
    private static Optional<String> nameDoubt(Provisioning how, Shown listener) {
        if (how.tls() == Tls.LEGACY) {
            String common = ServerNames.common(listener.certificate());
            if (common == null || common.startsWith("*")) {
                return Optional.of("its common name is no host name, which such phones look for in DNS");
            }
            return common.equalsIgnoreCase(listener.host())
                    ? Optional.empty()
                    : Optional.of("its common name is " + common + " and phones are told " + listener.host()
                            + ": such phones take it only when DNS gives the server's address for " + common);
        }
        return ServerNames.include(listener.certificate(), listener.host())
                ? Optional.empty()
                : Optional.of("it is for " + List.copyOf(ServerNames.of(listener.certificate()))
                        + " and phones are told " + listener.host());
    }
}
