package dev.provhub.tftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The same from a port for each transfer. */
class TftpServerOwnPortIT extends TftpServerIT {
    @Override
    TftpServerSettings settings(String host, int retransmitMillis) {
        return super.settings(host, retransmitMillis).withSinglePort(false);
    }

    @Test
    void transfer_hasAPortOfItsOwn() throws Exception {
        assertThat(portOfAnswer()).isNotEqualTo(portOfServer());
    }
}
