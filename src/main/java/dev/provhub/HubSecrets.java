package dev.provhub;

import dev.provhub.config.HubConfig;
import dev.provhub.config.HubConfig.ApiTls;
import dev.provhub.config.HubConfig.ProtectionSettings;
import dev.provhub.pki.AnyClientCertificate;
import dev.provhub.pki.CertificateEnds;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.PkiException;
import dev.provhub.pki.ShownCertificates;
import dev.provhub.pki.SwappableIdentity;
import dev.provhub.secrets.MasterKey;
import dev.provhub.secrets.MasterKeySource;
import dev.provhub.secrets.RandomSecrets;
import dev.provhub.secrets.SecretBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the hub keeps secret, from its data folder and from where the settings say.
 *
 * @param masterKeys where the master key came from
 * @param api        what the administration interface shows when it speaks TLS
 * @param made       what was made just now, one line each
 */
record HubSecrets(
        SecretBox box,
        MasterKeySource masterKeys,
        RandomSecrets random,
        HubCertificates certificates,
        SwappableIdentity server,
        SwappableIdentity legacyServer,
        SwappableIdentity api,
        AnyClientCertificate clients,
        List<String> made) {
    private static final Logger LOG = LoggerFactory.getLogger(HubSecrets.class);

    static HubSecrets open(HubConfig config, Hosts hosts, Clock clock, SecureRandom secureRandom) {
        Path data = config.folders().data();
        List<String> made = new ArrayList<>();
        MasterKeySource source = source(config, secureRandom);
        if (source instanceof MasterKeySource.InFile inFile && !Files.exists(inFile.file())) {
            made.add("Made a master key: " + inFile.file()
                    + " (keep a copy elsewhere: without it the database's secrets are lost)");
        }
        Path token = data.resolve("admin.token");
        if (!Files.exists(token)) {
            made.add("Made an administration token: " + token);
        }
        List<MasterKey> keys = source.read();
        SecretBox box = new SecretBox(
                keys.get(0), secureRandom, keys.subList(1, keys.size()).toArray(MasterKey[]::new));
        HubCertificates certificates = HubCertificates.open(data.resolve("certs"), clock, secureRandom);
        SwappableIdentity server = new SwappableIdentity(certificates.shown("server", hosts.https()));
        SwappableIdentity legacy = new SwappableIdentity(certificates.shown("server-legacy", hosts.legacy()));
        SwappableIdentity api = new SwappableIdentity(api(config.protection().apiTls(), certificates, hosts));
        certificates.made().forEach(what -> made.add("Made a " + what));
        return new HubSecrets(
                box,
                source,
                new RandomSecrets(secureRandom),
                certificates,
                server,
                legacy,
                api,
                new AnyClientCertificate(),
                List.copyOf(made));
    }

    /** The names that phones resolve to find the HTTPS listeners: what their certificates must be made for. */
    record Hosts(String https, String legacy) {}

    /** Shows what lies in the data folder and where the settings say; what is wrong there leaves what was shown. */
    void reloadServers(HubConfig config, Hosts hosts) {
        reload("https", server, () -> certificates.shown("server", hosts.https()));
        reload("https-legacy", legacyServer, () -> certificates.shown("server-legacy", hosts.legacy()));
        reload("api", api, () -> api(config.protection().apiTls(), certificates, hosts));
    }

    private static void reload(
            String listener, SwappableIdentity identity, Supplier<SwappableIdentity.Shown> certificates) {
        try {
            if (identity.change(certificates.get())) {
                LOG.info("other certificates are shown from now on listener={}", listener);
            }
        } catch (PkiException e) {
            LOG.error("the certificates from before are shown listener={} reason=\"{}\"", listener, e.getMessage());
        }
    }

    /** Changes with what the listeners show, and each day, so that what is about to end is made anew in time. */
    String serverStamp(HubConfig config, Clock clock) {
        ApiTls tls = config.protection().apiTls();
        return HubTrust.stampOf(config.folders().data().resolve("certs"))
                + (tls.certificate().isEmpty()
                        ? ""
                        : HubTrust.stampOf(Path.of(tls.certificate())) + HubTrust.stampOf(Path.of(tls.key())))
                + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** When the certificates end that are shown. */
    CertificateEnds ends(HubConfig config) {
        Map<String, SwappableIdentity> listeners = new LinkedHashMap<>();
        listeners.put("https", server);
        if (config.listeners().httpsLegacyEnabled()) {
            listeners.put("https-legacy", legacyServer);
        }
        if (config.protection().apiTls().isOn()) {
            listeners.put("api", api);
        }
        return new ShownCertificates(listeners, certificates.authority());
    }

    /** Where the settings say that the master key is. */
    static MasterKeySource source(HubConfig config, SecureRandom random) {
        ProtectionSettings settings = config.protection();
        if (!settings.masterKeyVariable().isEmpty()) {
            return new MasterKeySource.InVariable(
                    settings.masterKeyVariable(), System.getenv(settings.masterKeyVariable()));
        }
        if (!settings.masterKeyCommand().isEmpty()) {
            return new MasterKeySource.FromCommand(
                    settings.masterKeyCommand(), MasterKeySource.FromCommand.USUAL_LIMIT);
        }
        return new MasterKeySource.InFile(config.folders().data().resolve("master.key"), random);
    }

    private static SwappableIdentity.Shown api(ApiTls tls, HubCertificates certificates, Hosts hosts) {
        return new SwappableIdentity.Shown(
                tls.certificate().isEmpty()
                        ? certificates.server("server", hosts.https())
                        : HubCertificates.load(Path.of(tls.certificate()), Path.of(tls.key())),
                Map.of());
    }
}
