package dev.provhub.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.device.MacAddress;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateJudgeTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final RevocationList REVOKED = new RevocationList();
    private static final MacAddress MAC = new MacAddress("000e08abcdef");

    @TempDir
    private static Path folder;

    private static HubCertificates certificates;
    private static CertificateAuthority authority;
    private static CertificateJudge judge;

    @BeforeAll
    static void open() {
        certificates = HubCertificates.open(folder, CLOCK, RANDOM);
        KeyAndChain ca = new KeyAndChain(Pem.privateKey(folder.resolve("ca.key")), List.of(certificates.authority()));
        authority = new CertificateAuthority(ca, CLOCK, RANDOM);
        judge = judgeAt(CLOCK);
    }

    private static CertificateJudge judgeAt(Clock clock) {
        return new CertificateJudge(
                List.of(new DeviceAuthority(certificates.authority(), Set.of())),
                new JudgingRules(
                        Set.of("ciscogeneric"),
                        List.of(new JudgingRules.Series("FM500F100000", "FM500F699999", "SPA2102 of 2006"))),
                REVOKED,
                clock);
    }

    private static List<X509Certificate> chain(String subject) {
        return authority
                .client(new X500Name(subject), Duration.ofDays(10), HubCertificates.newDeviceKey())
                .chain();
    }

    @Test
    void judge_deviceOfOurs_isProofWithSerialAndProduct() {
        CertificateEvidence evidence = judge.judge(
                certificates.issueDevice(MAC, "88012BA01234", "SPA-112").chain());

        assertThat(evidence).isInstanceOfSatisfying(CertificateEvidence.Proof.class, proof -> {
            assertThat(proof.mac()).isEqualTo(MAC);
            assertThat(proof.serial()).isEqualTo("88012BA01234");
            assertThat(proof.productNumber()).isEqualTo("SPA-112");
        });
    }

    @Test
    void issuedDevice_hasTheSubjectInTheVendorsOrder() {
        assertThat(certificates
                        .issueDevice(MAC, "88012BA01234", "SPA-112")
                        .certificate()
                        .getSubjectX500Principal()
                        .getName("RFC1779"))
                .isEqualTo("ST=000e08abcdef, L=88012BA01234, OU=SPA-112");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OU=SPA-112, L=88012BA01234, ST=000e08abcdef              | 000e08abcdef
            OU=SPA-112, L=88012BA01234, ST=00:0E:08:AB:CD:EF         | 000e08abcdef
            CN=CP-8841-3PCC SEP000E08ABCDEF, O=Cisco                 | 000e08abcdef
            CN=000e08abcdef, serialNumber=88012BA01234               | 000e08abcdef
            """)
    void judge_subjectInAnObservedForm_givesTheMac(String subject, String mac) {
        assertThat(judge.judge(chain(subject)))
                .isInstanceOfSatisfying(
                        CertificateEvidence.Proof.class,
                        proof -> assertThat(proof.mac().hex()).isEqualTo(mac));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OU=cisco.com, L=ciscogeneric, ST=ciscogeneric            | generic
            CN=phone, L=88012BA01234                                 | names no MAC
            CN=000e08abcdef, O=000e08000001                          | several MAC
            """)
    void judge_subjectThatProvesNothing_isRejectedWithTheReason(String subject, String reason) {
        assertThat(judge.judge(chain(subject)))
                .isInstanceOfSatisfying(CertificateEvidence.Rejected.class, rejected -> assertThat(rejected.reason())
                        .contains(reason));
    }

    @Test
    void judge_expiredOrNotYetValid_isRejected() {
        List<X509Certificate> chain = chain("ST=000e08abcdef");

        assertThat(judgeAt(Clock.offset(CLOCK, Duration.ofDays(11))).judge(chain))
                .isInstanceOfSatisfying(CertificateEvidence.Rejected.class, r -> assertThat(r.reason())
                        .contains("expired"));
        assertThat(judgeAt(Clock.offset(CLOCK, Duration.ofDays(-2))).judge(chain))
                .isInstanceOfSatisfying(CertificateEvidence.Rejected.class, r -> assertThat(r.reason())
                        .contains("not valid before"));
    }

    @Test
    void judge_signedByAnother_isRejected(@TempDir Path elsewhere) {
        HubCertificates others = HubCertificates.open(elsewhere, CLOCK, RANDOM);

        assertThat(judge.judge(others.issueDevice(MAC, "1", "SPA-112").chain()))
                .isInstanceOfSatisfying(CertificateEvidence.Rejected.class, r -> assertThat(r.reason())
                        .contains("does not lead to a CA"));
    }

    @Test
    void judge_caItself_isNoDevice() {
        assertThat(judge.judge(List.of(certificates.authority()))).isInstanceOf(CertificateEvidence.Rejected.class);
    }

    @Test
    void judge_certificateSignedByADevice_isRejected() {
        KeyAndChain device = certificates.issueDevice(MAC, "1", "SPA-112");
        KeyAndChain forged = new CertificateAuthority(device, CLOCK, RANDOM)
                .client(
                        new X500Name("OU=SPA-112, L=2, ST=000e08000001"),
                        Duration.ofDays(1),
                        HubCertificates.newDeviceKey());

        assertThat(judge.judge(List.of(forged.certificate(), device.certificate())))
                .isInstanceOf(CertificateEvidence.Rejected.class);
    }

    @Test
    void judge_knownWrongSeries_isRejectedButMayBeExcepted() {
        assertThat(judge.judge(chain("OU=SPA-2102, L=FM500F234567, ST=000e08abcdef")))
                .isEqualTo(
                        new CertificateEvidence.Rejected("of a series with wrong certificates: SPA2102 of 2006", true));
        assertThat(judge.judge(chain("OU=SPA-2102, L=FM500F700000, ST=000e08abcdef")))
                .isInstanceOf(CertificateEvidence.Proof.class);
    }

    @Test
    void judge_expired_mayBeExceptedOnlyWhenItsCaIsOurs(@TempDir Path elsewhere) {
        CertificateJudge later = judgeAt(Clock.offset(CLOCK, Duration.ofDays(11)));
        HubCertificates others = HubCertificates.open(elsewhere, CLOCK, RANDOM);
        CertificateJudge muchLater = judgeAt(Clock.offset(CLOCK, Duration.ofDays(4000)));

        assertThat(later.judge(chain("ST=000e08abcdef")))
                .isInstanceOfSatisfying(CertificateEvidence.Rejected.class, r -> assertThat(r.exemptible())
                        .isTrue());
        assertThat(muchLater.judge(others.issueDevice(MAC, "1", "SPA-112").chain()))
                .isInstanceOfSatisfying(CertificateEvidence.Rejected.class, r -> assertThat(r.exemptible())
                        .isFalse());
    }

    @Test
    void judge_revokedDeviceOrCertificate_isRejectedWithTheReason() {
        List<X509Certificate> one = chain("OU=SPA-112, L=1, ST=000e08000009");
        List<X509Certificate> other = chain("OU=SPA-112, L=2, ST=000e0800000a");
        try {
            REVOKED.replace(
                    Map.of("000e08000009", "stolen"),
                    Map.of(other.get(0).getSerialNumber().toString(16), "key leaked"));

            assertThat(judge.judge(one)).isEqualTo(new CertificateEvidence.Rejected("revoked: stolen", false));
            assertThat(judge.judge(other)).isEqualTo(new CertificateEvidence.Rejected("revoked: key leaked", false));
        } finally {
            REVOKED.replace(Map.of(), Map.of());
        }
    }

    @Test
    void judge_caOfOneFamily_saysForWhichItSigns(@TempDir Path folder) throws Exception {
        HubCertificates vendor = HubCertificates.open(folder.resolve("vendor"), CLOCK, RANDOM);
        Path family = Files.createDirectories(folder.resolve("device-ca/SPA1xx"));
        Files.writeString(family.resolve("vendor.pem"), vendor.authorityPem());

        CertificateJudge byFiles = new CertificateJudge(
                CertificateJudge.deviceAuthoritiesIn(folder.resolve("device-ca")),
                new JudgingRules(Set.of(), List.of()),
                REVOKED,
                CLOCK);

        assertThat(byFiles.judge(vendor.issueDevice(MAC, "1", "SPA-112").chain()))
                .isInstanceOfSatisfying(CertificateEvidence.Proof.class, proof -> assertThat(proof.families())
                        .containsExactly("SPA1xx"));
    }

    @ParameterizedTest
    @CsvSource({"1024, SHA256withRSA", "2048, MD5withRSA", "1024, MD5withRSA"})
    void judge_oldKeysAndSignatures_areTakenAsTheyComeFromOldPhones(int bits, String algorithm) throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(bits);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                X500Name.getInstance(
                        certificates.authority().getSubjectX500Principal().getEncoded()),
                BigInteger.TEN,
                Date.from(NOW.minusSeconds(60)),
                Date.from(NOW.plusSeconds(3600)),
                new X500Name("OU=SPA-2102, L=88012BA01234, ST=000e08abcdef"),
                keys.generateKeyPair().getPublic());
        X509Certificate old = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm)
                        .setProvider(new BouncyCastleProvider())
                        .build(Pem.privateKey(CertificateJudgeTest.folder.resolve("ca.key")))));

        assertThat(judge.judge(List.of(old))).isInstanceOf(CertificateEvidence.Proof.class);
    }
}
