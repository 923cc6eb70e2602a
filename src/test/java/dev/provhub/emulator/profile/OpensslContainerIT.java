package dev.provhub.emulator.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.ExternalProgram;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpensslContainerIT {
    @ParameterizedTest
    @CsvSource({"md5, MD5, 0", "md5, MD5, 16", "sha256, SHA256, 1", "sha256, SHA256, 100000"})
    void open_whatOpensslMade_givesThePlainText(String md, PassDigest digest, int length) throws Exception {
        ExternalProgram.require("openssl");
        byte[] plain = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);

        ExternalProgram.Result made =
                ExternalProgram.run(plain, "openssl", "enc", "-e", "-aes-256-cbc", "-md", md, "-k", "a37d2fb9 055c");

        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(OpensslContainer.open(made.out(), "a37d2fb9 055c", digest).map(String::new))
                .isEqualTo(Optional.of("x".repeat(length)));
    }
}
