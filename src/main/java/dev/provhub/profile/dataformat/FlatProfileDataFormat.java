package dev.provhub.profile.dataformat;

import dev.provhub.profile.FlatProfileReader;
import dev.provhub.profile.FlatProfileWriter;
import dev.provhub.profile.Origin;
import dev.provhub.profile.Profile;
import dev.provhub.profile.ProfileValue;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Data format {@code flatProfile}: the phones' XML. Writes a composed profile, or a map of texts by parameter; reads XML as
 * such a map.
 */
@Dataformat("flatProfile")
@Metadata(
        label = "bean",
        description = "Writes and reads the XML of the phones",
        annotations = "interfaceName=org.apache.camel.spi.DataFormat")
public final class FlatProfileDataFormat extends ServiceSupport implements DataFormat, DataFormatName {
    private static final Origin ROUTE = new Origin("route", null);

    /** For Camel. */
    public FlatProfileDataFormat() {}

    @Override
    public String getDataFormatName() {
        return "flatProfile";
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws Exception {
        Profile profile = graph instanceof Map<?, ?> values
                ? fromMap(values)
                : exchange.getContext().getTypeConverter().mandatoryConvertTo(Profile.class, exchange, graph);
        stream.write(FlatProfileWriter.write(profile));
    }

    private static Profile fromMap(Map<?, ?> texts) {
        List<ProfileValue> values = texts.entrySet().stream()
                .map(entry -> new ProfileValue(
                        FlatProfileWriter.checkedName(String.valueOf(entry.getKey())),
                        String.valueOf(entry.getValue()),
                        null,
                        ROUTE,
                        false,
                        List.of()))
                .toList();
        return new Profile(Profile.Kind.FULL, null, values, List.of());
    }

    /** @throws dev.provhub.profile.ProfileException when it is no such XML */
    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws Exception {
        Map<String, String> texts = new LinkedHashMap<>();
        FlatProfileReader.read(stream.readAllBytes()).forEach(value -> texts.put(value.name(), value.text()));
        return texts;
    }
}
