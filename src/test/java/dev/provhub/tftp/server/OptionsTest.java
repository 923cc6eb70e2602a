package dev.provhub.tftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    private static final TftpServerSettings SETTINGS =
            new TftpServerSettings("127.0.0.1", 0, 1468, Duration.ofSeconds(1), 6, 10);

    /** RFC 2348: 8 to 65464; RFC 2349: 1 to 255, and any size; RFC 7440: 1 to 65535. What is not granted is left out (RFC 2347). */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "blksize,7,-",
                "blksize,8,8",
                "blksize,1469,1468",
                "blksize,65464,1468",
                "blksize,65465,-",
                "blksize,0600,600",
                "blksize,' 600',-",
                "blksize,+600,-",
                "blksize,6e2,-",
                "blksize,٦٠٠,-",
                "blksize,'',-",
                "blksize,9223372036854775808,-",
                "timeout,0,-",
                "timeout,1,1",
                "timeout,255,255",
                "timeout,256,-",
                "windowsize,0,-",
                "windowsize,1,1",
                "windowsize,65,64",
                "windowsize,65535,64",
                "windowsize,65536,-",
                "tsize,0,4096",
                "tsize,12345,4096",
                "multicast,'',-",
                "blksize2,512,-"
            })
    void option_ofAReader_isGrantedOrLeftOut(String name, String asked, String granted) {
        Options options = Options.forRead(Map.of(name, asked), 4096, SETTINGS);

        assertThat(options.acknowledgement()).isEqualTo(granted == null ? "" : name + '\0' + granted + '\0');
    }

    @ParameterizedTest
    @CsvSource({"tsize,123,123", "tsize,999999999999999999,999999999999999999"})
    void size_ofAWriter_isRepeated(String name, String asked, String granted) {
        assertThat(Options.forWrite(Map.of(name, asked), SETTINGS).acknowledgement())
                .isEqualTo(name + '\0' + granted + '\0');
        assertThat(Options.announcedBytes(Map.of(name, asked))).isEqualTo(Long.parseLong(granted));
    }
}
