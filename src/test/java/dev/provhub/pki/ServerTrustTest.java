package dev.provhub.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.KnownAuthoritiesReader;
import dev.provhub.config.ShippedConfig;
import dev.provhub.device.DeviceModel.Tls;
import dev.provhub.pki.ServerTrust.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTrustTest {
    private static final KnownAuthorities KNOWN = KnownAuthoritiesReader.read(Path.of("config/certs/known-cas.yaml"));

    @TempDir
    private Path folder;

    private HubCertificates own;
    private KeyAndChain vendor;
    private KeyAndChain server;

    @BeforeEach
    void make() {
        own = HubCertificates.open(folder.resolve("own"), Clock.systemUTC(), new SecureRandom());
    }

    /** A certificate for {@code hub.example.net} of a CA that calls itself so. */
    private void signedBy(String authority) {
        vendor = CertificateAuthority.selfSigned(authority, Clock.systemUTC(), new SecureRandom());
        server = new CertificateAuthority(vendor, Clock.systemUTC(), new SecureRandom())
                .server(
                        new X500Name("CN=hub.example.net"),
                        CertificateAuthority.serverNames("hub.example.net"),
                        Duration.ofDays(10));
    }

    private ChainOrigin origin() {
        return new ChainOrigins(KNOWN, own.authority(), folder).of(server.chain());
    }

    private Verdict of(String model, Tls tls) {
        return ServerTrust.of(
                ShippedConfig.model(model),
                new ServerTrust.Shown("listener", true, tls, "hub.example.net", server.certificate(), origin()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SPA508G      | LEGACY | YES     | by Custom_CA_URL
            SPA122       | LEGACY | YES     | by Custom_CA_URL
            CP-8841-3PCC | MODERN | YES     | by Custom_CA_Rule
            DP-9861      | MODERN | UNKNOWN | unconfirmed: documented for
            SPA942       | LEGACY | NO      | trusts sipura only: have a CSR signed
            PAP2         | LEGACY | NO      | trusts linksys only
            PAP2T        | LEGACY | NO      | trusts sipura only
            SPA942       | MODERN | NO      | speaks old TLS only
            CP-8841-3PCC | LEGACY | NO      | speaks new TLS
            """)
    void developmentAuthority_isTrustedOverCustomCaAlone(String model, Tls tls, ServerTrust.Answer answer, String why) {
        server = own.server("server", "hub.example.net");

        Verdict verdict = of(model, tls);

        assertThat(verdict.answer()).isEqualTo(answer);
        assertThat(verdict.why()).contains(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CN=Cisco Small Business Root CA, O=Cisco | cisco-small-business    | SPA508G | YES
            CN=Cisco Small Business Root CA, O=Cisco | cisco-small-business    | ATA191  | UNKNOWN
            CN=Cisco Small Business Root CA 2k       | cisco-2k-small-business | SPA508G | UNKNOWN
            CN=Cisco Small Business Root CA 2k       | cisco-2k-small-business | CP-8841-3PCC | YES
            CN=Sipura CA                             | sipura                  | SPA942  | YES
            CN=Sipura CA                             | sipura                  | PAP2T   | YES
            CN=Sipura CA                             | sipura                  | PAP2    | NO
            CN=Sipura CA                             | sipura                  | SPA508G | UNKNOWN
            CN=Linksys CA                            | linksys                 | WRP400  | UNKNOWN
            """)
    void vendorsAuthority_isTrustedAsDocumentsSay_onceItsKeyIsKnown(
            String authority, String name, String model, ServerTrust.Answer answer) throws Exception {
        signedBy(authority);
        Tls tls = ShippedConfig.model(model).provisionable().orElseThrow().tls();

        assertThat(origin()).isEqualTo(new ChainOrigin(name, ChainOrigin.How.NAME, origin().issuer()));
        if (answer == ServerTrust.Answer.YES) {
            assertThat(of(model, tls).answer()).isEqualTo(ServerTrust.Answer.UNKNOWN);
            assertThat(of(model, tls).why()).contains("by the name of its issuer alone", "config/certs/ca/" + name);
        }

        Files.writeString(folder.resolve(name + ".pem"), vendor.chainPem());
        assertThat(origin().isSure()).isTrue();
        assertThat(of(model, tls).answer()).as(of(model, tls).why()).isEqualTo(answer);
    }

    @Test
    void someAuthority_isUnknown_whereItMayBeNamedOrIsAboveAKnownOne() {
        signedBy("CN=My Own CA");

        assertThat(origin().how()).isEqualTo(ChainOrigin.How.UNKNOWN);
        assertThat(of("SPA942", Tls.LEGACY).answer()).isEqualTo(ServerTrust.Answer.UNKNOWN);
        assertThat(of("CP-8841-3PCC", Tls.MODERN).why()).contains("a layer may name it by Custom_CA_Rule");
    }

    @Test
    void authorityOfTheSameName_butAnotherKey_isNotTheDevelopmentAuthority() {
        signedBy(own.authority().getSubjectX500Principal().getName());

        assertThat(origin().authority()).isNull();
    }

    @Test
    void chain_whoseLinksDoNotSign_isBroken() {
        signedBy("CN=Sipura CA");
        KeyAndChain other = CertificateAuthority.selfSigned("CN=Sipura CA", Clock.systemUTC(), new SecureRandom());
        server = new KeyAndChain(server.key(), List.of(server.certificate(), other.certificate()));

        assertThat(of("SPA942", Tls.LEGACY))
                .isEqualTo(new Verdict(
                        ServerTrust.Answer.NO,
                        "the chain is broken: a certificate in it is not signed by the next one"));
    }

    @Test
    void otherCommonName_isADoubtForOldPhones() throws Exception {
        signedBy("CN=Sipura CA");
        Files.writeString(folder.resolve("sipura.pem"), vendor.chainPem());

        Verdict verdict = ServerTrust.of(
                ShippedConfig.model("SPA942"),
                new ServerTrust.Shown(
                        "https-legacy", true, Tls.LEGACY, "other.example.net", server.certificate(), origin()));

        assertThat(verdict.answer()).isEqualTo(ServerTrust.Answer.UNKNOWN);
        assertThat(verdict.why()).contains("its common name is hub.example.net and phones are told other.example.net");
    }
}
