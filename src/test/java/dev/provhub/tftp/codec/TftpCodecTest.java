package dev.provhub.tftp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TftpCodecTest {
    /** Bytes as hex, where {@code 'text'} stands for its characters. */
    private static ByteBuf bytes(String notation) {
        ByteBuf bytes = Unpooled.buffer();
        for (String part : notation.split(" ")) {
            if (part.startsWith("'")) {
                bytes.writeCharSequence(part.substring(1, part.length() - 1), StandardCharsets.US_ASCII);
            } else {
                bytes.writeBytes(ByteBufUtil.decodeHexDump(part));
            }
        }
        return bytes;
    }

    private static TftpPacket decode(String notation) throws TftpDecoderException {
        ByteBuf bytes = bytes(notation);
        TftpPacket packet = TftpDecoder.decode(bytes);
        assertThat(bytes.isReadable()).as("nothing left over").isFalse();
        bytes.release();
        return packet;
    }

    private static String encode(TftpPacket packet) {
        ByteBuf out = Unpooled.buffer();
        TftpEncoder.encode(packet, out);
        String hex = ByteBufUtil.hexDump(out);
        out.release();
        return hex;
    }

    @Test
    void decode_readRequestWithOptions_keepsNameModeAndTheirOrder() throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("tsize", "0");
        options.put("blksize", "1428");

        TftpPacket packet = decode("0001 '/spa942.cfg' 00 'OcTeT' 00 'tsize' 00 '0' 00 'BLKSIZE' 00 '1428' 00");

        assertThat(packet).isEqualTo(new TftpPacket.ReadRequest("/spa942.cfg", "octet", options));
        assertThat(((TftpPacket.ReadRequest) packet).options().keySet()).containsExactly("tsize", "blksize");
    }

    @Test
    void decode_others_areRead() throws Exception {
        assertThat(decode("0002 'f' 00 'octet' 00")).isEqualTo(new TftpPacket.WriteRequest("f", "octet", Map.of()));
        assertThat(decode("0004 ffff")).isEqualTo(new TftpPacket.Acknowledgement(65535));
        assertThat(decode("0004 0001 'trailing'")).isEqualTo(new TftpPacket.Acknowledgement(1));
        assertThat(decode("0005 0001 'gone' 00")).isEqualTo(new TftpPacket.ErrorPacket(1, "gone"));
        assertThat(decode("0005 4d2a 'future'")).isEqualTo(new TftpPacket.ErrorPacket(0x4d2a, "future"));
        assertThat(decode("0006 'blksize' 00 '8' 00"))
                .isEqualTo(new TftpPacket.OptionAcknowledgement(Map.of("blksize", "8")));
    }

    @Test
    void decode_data_givesARetainedSlice() throws Exception {
        ByteBuf bytes = bytes("0003 0102 'abc'");

        TftpPacket.Data data = (TftpPacket.Data) TftpDecoder.decode(bytes);
        bytes.release();

        assertThat(data.block()).isEqualTo(0x102);
        assertThat(data.payload().toString(StandardCharsets.US_ASCII)).isEqualTo("abc");
        assertThat(data.payload().release()).as("the last holder").isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            00                                     | shorter than an operation code
            0000                                   | operation code 0
            0007 'x' 00                            | operation code 7
            0001 'file'                            | file name has no end
            0001 00 'octet' 00                     | file name is empty
            0001 'file' 00                         | mode has no end
            0001 'file' 00 00                      | mode is empty
            0001 'file' 00 'octet' 00 'blksize'    | option name has no end
            0001 'f' 00 'octet' 00 'blksize' 00    | option value has no end
            0004 00                                | cut off before its number
            0003                                   | cut off before its number
            """)
    void decode_malformed_isIllegalOperation(String notation, String message) {
        ByteBuf bytes = bytes(notation);

        assertThatThrownBy(() -> TftpDecoder.decode(bytes))
                .isInstanceOfSatisfying(TftpDecoderException.class, e -> assertThat(e.code())
                        .isEqualTo(TftpErrorCode.ILLEGAL_OPERATION))
                .hasMessageContaining(message);
        bytes.release();
    }

    @Test
    void decode_requestWithZeroBytesBehindIt_isTaken() throws Exception {
        ByteBuf bytes = bytes("0001 'f' 00 'octet' 00 00 00");

        assertThat(TftpDecoder.decode(bytes)).isEqualTo(new TftpPacket.ReadRequest("f", "octet", Map.of()));
        assertThat(bytes.isReadable()).isFalse();
        bytes.release();
    }

    @Test
    void decode_requestOver512Bytes_isRefused() {
        ByteBuf bytes = bytes("0001 '" + "a".repeat(600) + "' 00 'octet' 00");

        assertThatThrownBy(() -> TftpDecoder.decode(bytes)).hasMessageContaining("larger than 512");
        bytes.release();
    }

    @Test
    void encode_everyPacket_isTheBytesOfTheStandard() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("tsize", "7");
        options.put("blksize", "9");

        assertThat(encode(new TftpPacket.OptionAcknowledgement(options)))
                .isEqualTo("0006" + "7473697a65" + "00" + "37" + "00" + "626c6b73697a65" + "00" + "39" + "00");
        assertThat(encode(TftpErrorCode.FILE_NOT_FOUND.packet())).isEqualTo("0005000146696c65206e6f7420666f756e6400");
        assertThat(encode(new TftpPacket.Acknowledgement(258))).isEqualTo("00040102");
        assertThat(encode(new TftpPacket.ReadRequest("f", "octet", Map.of()))).isEqualTo("00016600" + "6f6374657400");
        ByteBuf payload = bytes("'abc'");
        assertThat(encode(new TftpPacket.Data(65535, payload))).isEqualTo("0003ffff616263");
        assertThat(payload.release())
                .as("the payload still belonged to the caller")
                .isTrue();
    }
}
