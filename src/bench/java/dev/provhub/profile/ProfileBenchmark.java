package dev.provhub.profile;

import dev.provhub.config.LayersReader;
import dev.provhub.config.ShippedConfig;
import dev.provhub.config.TextFiles;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.sealing.Gzip;
import dev.provhub.sealing.KeyDigest;
import dev.provhub.sealing.OpenSslContainer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From layers to sealed bytes: the profile of an SPA504G with 300 parameters and two lines, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ProfileBenchmark {
    private static final int PARAMETERS = 300;

    private final SecureRandom random = new SecureRandom();
    private final DeviceModel model = ShippedConfig.model("SPA504G");
    private final Device device = TestSite.device("SPA504G", TestSite.first(), TestSite.second());
    private ProfileComposer composer;
    private Profile profile;
    private byte[] xml;
    private byte[] zipped;

    @Setup
    public void compose() {
        Map<String, String> files =
                new TreeMap<>(TextFiles.layers(Path.of("config")).texts());
        composer = composer(files);
        int missing =
                PARAMETERS - composer.full(device, model, Set.of()).values().size();
        files.put("base/zz-many.yaml", many(missing));
        composer = composer(files);
        profile = composer.full(device, model, Set.of());
        if (profile.values().size() != PARAMETERS) {
            throw new IllegalStateException(
                    "the profile has " + profile.values().size() + " parameters");
        }
        xml = FlatProfileWriter.write(profile);
        zipped = Gzip.compress(xml);
        System.out.println(xml.length + " bytes of XML, " + zipped.length + " compressed");
    }

    private ProfileComposer composer(Map<String, String> files) {
        Layers layers = LayersReader.read(
                Path.of("config/layers"),
                files,
                ShippedConfig.MODELS,
                ShippedConfig.DICTIONARY,
                ShippedConfig.FIRMWARE);
        return TestSite.composer(layers, ShippedConfig.FIRMWARE, TestSite.ADDRESSES);
    }

    private String many(int count) {
        Set<String> taken = new java.util.HashSet<>();
        composer.full(device, model, Set.of()).values().forEach(value -> taken.add(value.name()));
        taken.addAll(ShippedConfig.LAYERS.hub().reserved(ShippedConfig.MODELS));
        StringBuilder text = new StringBuilder("description: many\nvalues:\n");
        int added = 0;
        for (Parameter parameter : ShippedConfig.DICTIONARY.all()) {
            boolean simple = !parameter.name().matches(".*_[nkug]_.*|.*/.*") && !taken.contains(parameter.name());
            String value = parameter.defaultFor(model.parameterGroup()).orElse("");
            if (added < count && simple && parameter.holdsFor(model.parameterGroup()) && !value.isEmpty()) {
                text.append("  ")
                        .append(parameter.name())
                        .append(": '")
                        .append(value.replace("'", "''"))
                        .append("'\n");
                added++;
            }
        }
        return text.toString();
    }

    @Benchmark
    public Profile compose300() {
        return composer.full(device, model, Set.of());
    }

    @Benchmark
    public byte[] write300() {
        return FlatProfileWriter.write(profile);
    }

    @Benchmark
    public byte[] compress300() {
        return Gzip.compress(xml);
    }

    @Benchmark
    public byte[] seal300() {
        return OpenSslContainer.seal(zipped, TestSite.KEY, KeyDigest.MD5, random);
    }

    @Benchmark
    public byte[] composeWriteCompressSeal300() {
        byte[] plain = FlatProfileWriter.write(composer.full(device, model, Set.of()));
        return OpenSslContainer.seal(Gzip.compress(plain), TestSite.KEY, KeyDigest.MD5, random);
    }
}
