package dev.provhub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.profile.PublicAddresses;
import dev.provhub.profile.TenantAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantsReaderTest {
    private static final PublicAddresses EVERYBODY = new PublicAddresses(
            "tftp://hub.example.net",
            "http://hub.example.net:8080",
            "https://hub.example.net:8443",
            null,
            "http://127.0.0.1:8081");

    @TempDir
    private Path folder;

    private TenantAddresses read(String yaml) throws IOException {
        return TenantsReader.read(Files.writeString(folder.resolve("tenants.yaml"), yaml), EVERYBODY);
    }

    @Test
    void read_noFile_givesEverybodysToAll() {
        TenantAddresses addresses = TenantsReader.read(folder.resolve("tenants.yaml"), EVERYBODY);

        assertThat(addresses.of("north")).isEqualTo(EVERYBODY);
        assertThat(addresses.atHost("hub.example.net:8080")).isEmpty();
        assertThat(addresses.atHost(null)).isEmpty();
        assertThat(addresses.named(null)).isEmpty();
    }

    @Test
    void read_ownAddresses_lieOverEverybodys() throws IOException {
        TenantAddresses addresses = read("""
                tenants:
                  North:
                    public: {http: "http://prov.north.example.net/", https-legacy: "https://old.north.example.net"}
                """);

        assertThat(addresses.of("North"))
                .isEqualTo(new PublicAddresses(
                        EVERYBODY.tftp(), "http://prov.north.example.net", EVERYBODY.https(), null, EVERYBODY.api()));
        assertThat(addresses.atHost("PROV.north.example.net")).contains("North");
        assertThat(addresses.atHost("prov.north.example.net:8080")).isEmpty();
        assertThat(addresses.atHost("hub.example.net:8443")).isEmpty();
        assertThat(addresses.named("north")).contains("North");
        assertThat(addresses.hasOwnHttp("North")).isTrue();
        assertThat(addresses.hasOwnHttp("south")).isFalse();
    }

    @Test
    void read_mistake_isToldWithFileAndLine() {
        assertThatThrownBy(() -> read("tenants:\n  north:\n    public: {http: ftp://x}\n"))
                .hasMessageContaining("tenants.yaml:3")
                .hasMessageContaining("public address http 'ftp://x'");
        assertThatThrownBy(() -> read("tenants:\n  no/rth:\n    public: {}\n")).hasMessageContaining("tenant 'no/rth'");
        assertThatThrownBy(() -> read("tenants:\n  north:\n    colour: red\n")).hasMessageContaining("colour");
        assertThatThrownBy(() -> read("""
                        tenants:
                          north: {public: {http: "http://same.example.net"}}
                          south: {public: {http: "http://same.example.net"}}
                        """))
                .hasMessageContaining("north and south have the same public address same.example.net");
    }
}
