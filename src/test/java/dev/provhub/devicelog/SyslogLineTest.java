package dev.provhub.devicelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.device.MacAddress;
import dev.provhub.devicelog.SyslogLine.Says;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyslogLineTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SPA-112 00:0e:08:ab:cd:ef -- Requesting resync tftp://192.168.1.200/basic.txt | REQUESTING_RESYNC",
                "SPA504G 000e08abcdef -- Successful resync http://192.0.2.1:80/x | SUCCESSFUL_RESYNC",
                "SPA504G 000E08ABCDEF -- Resync failed: corrupt file | RESYNC_FAILED",
                "SPA504G 00-0e-08-ab-cd-ef -- Requesting upgrade tftp://192.0.2.1/a.bin | REQUESTING_UPGRADE",
                "SPA504G 000e08abcdef -- Successful upgrade tftp://192.0.2.1/a.bin -- | SUCCESSFUL_UPGRADE",
                "<174>Mar  1 00:00:10 000e08abcdef CP-8841-3PCC 000e08abcdef -- Upgrade failed: x | UPGRADE_FAILED",
                "<134>1 2026-03-01T00:00:00Z phone - - - - SPA 000e08abcdef hello | SOMETHING"
            })
    void read_theDefaultTexts_namesPhoneAndEvent(String line, Says says) {
        assertThat(SyslogLine.read(line).mac()).isEqualTo(new MacAddress("000e08abcdef"));
        assertThat(SyslogLine.read(line).says()).isEqualTo(says);
    }

    @Test
    void read_directoryAndLogins_areMasked() {
        assertThat(SyslogLine.read(
                                "SPA 000e08abcdef -- Requesting resync http://h:80/p/abcdefghijkl/4.9f/7.4/profile.cfg")
                        .text())
                .isEqualTo("SPA 000e08abcdef -- Requesting resync http://h:80/p/***/4.9f/7.4/profile.cfg");
        assertThat(SyslogLine.read("x --key s3cret --uid bob --pwd pw http://bob:pw@h/")
                        .text())
                .isEqualTo("x --key *** --uid *** --pwd *** http://***@h/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SPA 000e08abcdef -- Requesting resync tftp p/s3cret/x",
                "SPA 000e08abcdef http:%2f%2fh%2fp%2fs3cret%2fx",
                "SPA 000e08abcdef [--key \"s3cret def\"]",
                "SPA 000e08abcdef --key=s3cret",
                "SPA 000e08abcdef http://u:s3cret/w@h",
                "SPA 000e08abcdef Admin_Passwd=s3cret",
                "SPA 000e08abcdef password: s3cret",
                "SPA 000e08abcdef Authorization: Basic s3cret"
            })
    void read_secretHoweverItIsWritten_isMasked(String line) {
        assertThat(SyslogLine.read(line).text()).doesNotContain("s3cret").contains("***");
        assertThat(SyslogLine.read(line).mac()).isEqualTo(new MacAddress("000e08abcdef"));
    }

    @Test
    void read_keyOrDirectoryAsSuch_isMasked() {
        assertThat(SyslogLine.read("x " + "0a".repeat(32) + " viwfzq2krcybo5gcktsqy7x4iz y")
                        .text())
                .isEqualTo("x *** *** y");
    }

    @Test
    void read_hexThatIsNoMac_namesNobody() {
        assertThat(SyslogLine.read("call-id 0123456789abcdef0123").mac()).isNull();
        assertThat(SyslogLine.read("").says()).isEqualTo(Says.SOMETHING);
    }
}
