package dev.provhub.order.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceListing;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.OrderWorld;
import dev.provhub.store.DatabaseText;
import dev.provhub.store.Engine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class CsvOrdersIT {
    private static final String HEADER =
            "externalId;action;macAddress;deviceModel;lineNumber;sipUser;sipPassword;sipDomain;displayName\n";

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private OrderWorld world;

    @BeforeEach
    void open() {
        world = new OrderWorld(engine.open(folder));
    }

    @AfterEach
    void close() {
        world.database.close();
    }

    @Test
    void take_goodAndBadRows_eachIsReported() throws IOException {
        String result = take(HEADER
                + "A-1;add;0002fdff2101;SPA508G;1;u1;pw1;sip.example.net;Front\n"
                + "A-2;add;0002fdff2102;SPA508G;99;u2;pw2;sip.example.net;\n"
                + "A-3;add;0002fdff2103;SPA508G;1;u3;;sip.example.net;\n"
                + "A-4;replace;0002fdff2104;SPA508G;1;u4;pw4;sip.example.net;\n"
                + "A-5;add;0002fdff2105;SPA508G;1;u5;pw5;sip.example.net;x;surplus\n"
                + ";;0002fdff2106;SPA508G;;u6;pw6;sip.example.net\n"
                + "A-7;modify;0002fdff2101;;;;;;Back\n");
        assertThat(result).isEqualTo("""
                        row,externalId,status,reason
                        1,A-1,ok,
                        2,A-2,failed,lineNumber '99' is not allowed: 1 to 8 for SPA508G
                        3,A-3,failed,sipPassword is missing: 1 to 127 printable ASCII characters
                        4,A-4,failed,"action 'replace' is not allowed: add, modify, delete or noChange"
                        5,A-5,failed,"10 cells, but the header names 9 columns; quote a cell that holds the delimiter"
                        6,,ok,
                        7,A-7,ok,
                        """);
        assertThat(device("0002fdff2101").flatMap(device -> device.line(1)).map(Line::displayName))
                .contains("Back");
        assertThat(device("0002fdff2106").orElseThrow().lines()).hasSize(1);
        assertThat(world.devices.count(DeviceListing.Filter.ALL)).isEqualTo(2);
    }

    @Test
    void take_sameFileTwice_changesNothing() throws IOException {
        String file = HEADER
                + "A-1;add;0002fdff2101;SPA508G;1;u1;pw1;sip.example.net;Front\n"
                + ";add;0002fdff2102;SPA508G;1;u2;pw2;sip.example.net;\n";
        take(file);
        String before = DatabaseText.of(world.database);
        assertThat(take(file)).isEqualTo("""
                        row,externalId,status,reason
                        1,A-1,ok,repeat of an earlier order
                        2,,ok,nothing to change
                        """);
        assertThat(DatabaseText.of(world.database)).isEqualTo(before);
    }

    @Test
    void take_dryRun_tellsTheSameAndChangesNothing() throws IOException {
        String file = HEADER
                + "A-1;add;0002fdff2101;SPA508G;1;u1;pw1;sip.example.net;Front\n"
                + "A-2;modify;0002fdff2101;;1;;;;Back\n"
                + "A-1;add;0002fdff2101;SPA508G;2;u1;pw1;sip.example.net;Front\n";
        StringBuilder dry = new StringBuilder();
        CsvOrders.Report report = orders().take(bytes(file), dry, true);
        assertThat(report).isEqualTo(new CsvOrders.Report(2, 1, null));
        assertThat(DatabaseText.of(world.database)).isEmpty();
        assertThat(dry.toString())
                .isEqualTo(take(file))
                .endsWith("3,A-1,failed,externalId 'A-1' is that of another order\n");
    }

    @Test
    void take_nonsense_isOneLineForTheFile() throws IOException {
        assertThat(take("")).endsWith("0,,failed,the file is empty; a header that names the columns is expected\n");
        assertThat(take("name,color\nx,y\n")).contains("0,,failed,\"the header names no column macAddress; ");
        assertThat(take("macAddress,MACADDRESS\n")).endsWith("0,,failed,two columns of the header mean macAddress\n");
    }

    @Test
    void take_utf16_saysSo_andRowsWithTooFewCellsToo() throws IOException {
        StringBuilder result = new StringBuilder();
        byte[] utf16 = HEADER.getBytes(java.nio.charset.StandardCharsets.UTF_16);
        CsvOrders.Report report = orders().take(new java.io.ByteArrayInputStream(utf16), result, false);
        assertThat(report.isUnread()).isTrue();
        assertThat(result.toString()).contains("0,,failed,the file is not UTF-8; save it as CSV in UTF-8");
        assertThat(take(HEADER + "too;few\n"))
                .contains(
                        "action 'few' is not allowed: add, modify, delete or noChange; the row has 2 cells, the header"
                                + " names 9 columns");
    }

    @Test
    void take_fileBreaksOffInTheMiddle_rowsBeforeAreDone() throws IOException {
        String result = take(HEADER
                + "A-1;add;0002fdff2101;SPA508G;1;u1;pw1;sip.example.net;Front\n"
                + "A-2;add;0002fdff2102;SPA508G;1;u2;\"pw\"2;sip.example.net;\n");
        assertThat(result)
                .contains("1,A-1,ok,\n")
                .contains("2,,failed,\"from here on the file cannot be read as rows: ");
        assertThat(device("0002fdff2101")).isPresent();
    }

    @Test
    void take_notUtf8_failsThatRowAlone() throws IOException {
        byte[] latin1 = (HEADER
                        + "A-1;add;0002fdff2101;SPA508G;1;u1;pw1;sip.example.net;Zo\u00eb\n"
                        + "A-2;add;0002fdff2102;SPA508G;1;u2;pw2;sip.example.net;x\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        StringBuilder result = new StringBuilder();
        orders().take(new ByteArrayInputStream(latin1), result, false);
        assertThat(result.toString()).contains("1,A-1,failed,is not UTF-8\n").contains("2,A-2,ok,\n");
    }

    @Test
    void take_externalIdLikeAFormula_isGuardedInTheResult() throws IOException {
        String result = take(HEADER + "'=A-1;add;0002fdff2101;SPA508G;1;u1;pw1;sip.example.net;'+49\n");
        assertThat(result).endsWith("1,'=A-1,ok,\n");
        assertThat(world.orders.findByExternalId("=A-1")).isPresent();
        assertThat(device("0002fdff2101").flatMap(device -> device.line(1)).map(Line::displayName))
                .contains("+49");
    }

    @Test
    void take_diesInTheMiddleAndAgain_everyRowOnce() throws IOException {
        StringBuilder file = new StringBuilder(HEADER);
        for (int row = 1; row <= 1000; row++) {
            file.append(String.format("A-%d;add;0002fd%06x;SPA508G;1;u%d;pw;sip.example.net;%n", row, row, row));
        }
        Appendable full = new FullDisk(500);
        assertThatThrownBy(() -> orders().take(bytes(file.toString()), full, false))
                .hasMessage("no space left on device");
        OrderRepository.Filter all = new OrderRepository.Filter(null, null);
        assertThat(world.orders.count(all)).isBetween(1L, 999L);

        StringBuilder result = new StringBuilder();
        CsvOrders.Report report = orders().take(bytes(file.toString()), result, false);
        assertThat(report).isEqualTo(new CsvOrders.Report(1000, 0, null));
        assertThat(world.orders.count(all)).isEqualTo(1000);
        assertThat(world.devices.list(DeviceListing.Filter.ALL, null, 2000))
                .hasSize(1000)
                .allSatisfy(device -> assertThat(device.standing().revision()).isEqualTo(1));
    }

    private String take(String file) throws IOException {
        StringBuilder result = new StringBuilder();
        orders().take(bytes(file), result, false);
        return result.toString();
    }

    private CsvOrders orders() {
        return new CsvOrders(() -> world.mapping, world.bulk());
    }

    private Optional<Device> device(String mac) {
        return world.devices.findByMac(new MacAddress(mac));
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes some lines, then no more. */
    private static final class FullDisk implements Appendable {
        private int left;

        FullDisk(int lines) {
            this.left = lines;
        }

        @Override
        public Appendable append(CharSequence text) throws IOException {
            left -= (int) text.chars().filter(c -> c == '\n').count();
            if (left < 0) {
                throw new IOException("no space left on device");
            }
            return this;
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) throws IOException {
            return append(text.subSequence(start, end));
        }

        @Override
        public Appendable append(char c) throws IOException {
            return append(String.valueOf(c));
        }
    }
}
