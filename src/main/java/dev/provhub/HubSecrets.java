package dev.provhub;

import dev.provhub.pki.AnyClientCertificate;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.SwappableIdentity;
import dev.provhub.secrets.MasterKey;
import dev.provhub.secrets.RandomSecrets;
import dev.provhub.secrets.SecretBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What the hub keeps secret, from its data folder.
 *
 * @param made what was made just now, one line each
 */
record HubSecrets(
        SecretBox box,
        RandomSecrets random,
        HubCertificates certificates,
        SwappableIdentity server,
        SwappableIdentity legacyServer,
        AnyClientCertificate clients,
        List<String> made) {

    static HubSecrets open(Path data, String host, Clock clock, SecureRandom secureRandom) {
        List<String> made = new ArrayList<>();
        Path masterKey = data.resolve("master.key");
        if (!Files.exists(masterKey)) {
            made.add("Made a master key: " + masterKey
                    + " (keep a copy elsewhere: without it the database's secrets are lost)");
        }
        Path token = data.resolve("admin.token");
        if (!Files.exists(token)) {
            made.add("Made an administration token: " + token);
        }
        SecretBox box = new SecretBox(MasterKey.openOrCreate(masterKey, secureRandom), secureRandom);
        RandomSecrets random = new RandomSecrets(secureRandom);
        HubCertificates certificates = HubCertificates.open(data.resolve("certs"), clock, secureRandom);
        SwappableIdentity server = new SwappableIdentity(certificates.server("server", host));
        SwappableIdentity legacy = new SwappableIdentity(certificates.server("server-legacy", host));
        certificates.made().forEach(what -> made.add("Made a " + what));
        return new HubSecrets(box, random, certificates, server, legacy, new AnyClientCertificate(), List.copyOf(made));
    }
}
