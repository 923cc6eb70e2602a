package site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.HubRoutesTestSupport;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteRoutesTest extends HubRoutesTestSupport {
    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "hub.routes.site", Path.of("src/test/routes").toAbsolutePath().toString());
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withMockEndpointsAndSkip("http:*");
        configuration.replaceRouteFromWith("take-site-events", "direct:take-site-events");
    }

    @Test
    void phone_unknown_getsTheBootstrapProfile() {
        Exchange answer = ask("spa504G.cfg");

        assertThat(answer.getProperty("hubKind")).isEqualTo("bootstrap");
        assertThat(answer.getMessage().getBody(String.class)).contains("<flat-profile>");
    }

    @Test
    void event_ofTheSite_isPosted() throws Exception {
        MockEndpoint crm = getMockEndpoint("mock:http:crm.example.net/events");
        crm.expectedBodiesReceived("{\"event\": \"moved\"}");

        template().sendBody("direct:take-site-events", "moved");

        crm.assertIsSatisfied();
    }
}
