package dev.provhub.tftp.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.ExternalProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route file of the how-to, in both directions, with curl for a client. */
class TftpRelayIT {
    @Test
    void exampleRoute_passesReadsAndWritesOn(@TempDir Path folder) throws Exception {
        ExternalProgram.require("curl");
        Map<String, byte[]> other = new ConcurrentHashMap<>(Map.of("hello.txt", "hello".getBytes()));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("tftp:127.0.0.1:0?allowWrite=true").routeId("other").process(exchange -> {
                        String name = exchange.getIn().getHeader(TftpConstants.FILE_NAME, String.class);
                        if (exchange.getIn().getHeader(TftpConstants.WRITE) != null) {
                            other.put(name, exchange.getIn().getBody(byte[].class));
                        } else {
                            exchange.getMessage().setBody(other.get(name));
                        }
                    });
                }
            });
            context.start();
            String route = Files.readString(Path.of("docs/examples/relay-tftp.camel.yaml"))
                    .replace("6971", Integer.toString(port(context, "other")))
                    .replace("6970", "0");
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromBytes("relay-tftp.camel.yaml", route.getBytes()));
            String base = "tftp://127.0.0.1:" + port(context, "relay-tftp") + "/";
            Path report = Files.writeString(folder.resolve("report.xml"), "<report/>");

            assertThat(ExternalProgram.run(null, "curl", "-s", base + "hello.txt")
                            .text())
                    .isEqualTo("hello");
            assertThat(ExternalProgram.run(null, "curl", "-s", "-T", report.toString(), base + "report.xml")
                            .exit())
                    .isZero();
            assertThat(other.get("report.xml")).isEqualTo("<report/>".getBytes());
            assertThat(ExternalProgram.run(null, "curl", "-s", base + "none").exit())
                    .isEqualTo(68);
        }
    }

    private static int port(DefaultCamelContext context, String route) {
        return ((TftpConsumer) context.getRoute(route).getConsumer()).getBoundPort();
    }
}
