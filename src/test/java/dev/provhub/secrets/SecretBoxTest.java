package dev.provhub.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    private MasterKey key;
    private SecretBox box;

    @BeforeEach
    void open() {
        key = MasterKey.openOrCreate(folder.resolve("master.key"), RANDOM);
        box = new SecretBox(key, RANDOM);
    }

    @Test
    void seal_thenOpenInItsPlace_isTheValue() {
        String sealed = box.seal("s3cret-äöü", "device/1/password");

        assertThat(sealed).startsWith("v1:" + key.id() + ":").doesNotContain("s3cret");
        assertThat(box.open(sealed, "device/1/password")).isEqualTo("s3cret-äöü");
    }

    @Test
    void seal_twice_isNeverTheSame() {
        assertThat(box.seal("x", "p")).isNotEqualTo(box.seal("x", "p"));
    }

    @Test
    void open_inAnotherPlaceOrChanged_isRefusedWithThePlaceAndNoValue() {
        String sealed = box.seal("s3cret", "device/1/password");
        char last = sealed.charAt(sealed.length() - 3);
        String changed = sealed.substring(0, sealed.length() - 3)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 2);

        for (String bad : new String[] {changed, sealed.substring(0, 14), "v1:" + key.id() + ":", "plain", "v2:x:y"}) {
            assertThatThrownBy(() -> box.open(bad, "device/1/password"))
                    .isInstanceOf(SecretException.class)
                    .hasMessageContaining("device/1/password")
                    .hasMessageNotContaining("s3cret");
        }
        assertThatThrownBy(() -> box.open(sealed, "device/2/password")).isInstanceOf(SecretException.class);
    }

    @Test
    void open_cutOffAnywhere_isRefusedWithThePlace() {
        String sealed = box.seal("s3cret", "device/1/password");
        int start = SecretBox.beginning(key).length();

        for (int length = start; length < sealed.length(); length++) {
            String bad = sealed.substring(0, length);
            assertThatThrownBy(() -> box.open(bad, "device/1/password"))
                    .isInstanceOf(SecretException.class)
                    .hasMessageContaining("device/1/password");
        }
    }

    @Test
    void change_sealsUnderTheNewKey_andOpensBothUntilTheEarlierIsForgotten() {
        String before = box.seal("s3cret", "p");
        MasterKey next = MasterKey.fresh(RANDOM);
        box.change(next);
        String after = box.seal("s3cret", "p");

        assertThat(after).startsWith(SecretBox.beginning(next));
        assertThat(box.open(before, "p")).isEqualTo(box.open(after, "p"));
        assertThat(box.earlier()).extracting(MasterKey::id).containsExactly(key.id());
        box.forgetEarlier();
        assertThatThrownBy(() -> box.open(before, "p")).hasMessageContainingAll(key.id(), next.id());
        assertThat(box.open(after, "p")).isEqualTo("s3cret");
    }

    @Test
    void open_underAnotherMasterKey_namesBothKeys_andAnEarlierKeyStillReads() {
        String sealed = box.seal("s3cret", "p");
        MasterKey next = MasterKey.openOrCreate(folder.resolve("next.key"), RANDOM);

        assertThatThrownBy(() -> new SecretBox(next, RANDOM).open(sealed, "p"))
                .hasMessageContainingAll(key.id(), next.id());
        assertThat(new SecretBox(next, RANDOM, key).open(sealed, "p")).isEqualTo("s3cret");
    }

    @Test
    void masterKey_file_isTheOwnersAlone_andIsReadAgain() throws Exception {
        Path file = folder.resolve("master.key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(MasterKey.openOrCreate(file, RANDOM).id()).isEqualTo(key.id());
        assertThat(key.toString()).doesNotContain(Files.readString(file).strip());
    }

    @Test
    void masterKey_readableByOthersOrDamaged_isRefusedWithTheFilesName() throws Exception {
        Path file = folder.resolve("master.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> MasterKey.openOrCreate(file, RANDOM))
                .hasMessageContainingAll(file.toString(), "mode 0600");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "abc");
        assertThatThrownBy(() -> MasterKey.openOrCreate(file, RANDOM))
                .hasMessageContainingAll(file.toString(), "64 lower-case hex digits");
    }

    @Test
    void derived_sameSeedAndName_isTheSame_andElseIsNot() {
        assertThat(DerivedSecrets.derive("seed", "admin"))
                .isEqualTo(DerivedSecrets.derive("seed", "admin"))
                .matches("[A-Za-z2]{20}")
                .isNotEqualTo(DerivedSecrets.derive("seed", "user"))
                .isNotEqualTo(DerivedSecrets.derive("seed2", "admin"));
    }
}
