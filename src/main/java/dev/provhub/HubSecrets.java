package dev.provhub;

import dev.provhub.config.HubConfig;
import dev.provhub.config.HubConfig.ProtectionSettings;
import dev.provhub.pki.AnyClientCertificate;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.PkiException;
import dev.provhub.pki.SwappableIdentity;
import dev.provhub.secrets.MasterKey;
import dev.provhub.secrets.MasterKeySource;
import dev.provhub.secrets.RandomSecrets;
import dev.provhub.secrets.SecretBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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

    static HubSecrets open(HubConfig config, String host, Clock clock, SecureRandom secureRandom) {
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
        SwappableIdentity server = new SwappableIdentity(certificates.server("server", host));
        SwappableIdentity legacy = new SwappableIdentity(certificates.server("server-legacy", host));
        SwappableIdentity api = api(config.protection().apiTls(), certificates, host);
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

    /** Shows what lies in the data folder now; what is wrong there leaves what was shown. */
    void reloadServers(String host) {
        try {
            server.change(certificates.server("server", host));
            legacyServer.change(certificates.server("server-legacy", host));
            LOG.info("the listeners show other certificates from now on");
        } catch (PkiException e) {
            LOG.error("the listeners show the certificates from before: {}", e.getMessage());
        }
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

    private static SwappableIdentity api(HubConfig.ApiTls tls, HubCertificates certificates, String host) {
        return new SwappableIdentity(
                tls.certificate().isEmpty()
                        ? certificates.server("server", host)
                        : HubCertificates.load(Path.of(tls.certificate()), Path.of(tls.key())));
    }
}
