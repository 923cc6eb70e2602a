package dev.provhub.device.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.provhub.config.ShippedConfig;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceState;
import dev.provhub.device.MacAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterParserTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final FilterParser PARSER = new FilterParser(ShippedConfig.MODELS, Clock.fixed(NOW, ZoneOffset.UTC));

    private static final Candidate PHONE = candidate("7.5.5", Set.of("vip", "floor-2"), NOW.minusSeconds(3600));

    private static Candidate candidate(String version, Set<String> labels, Instant lastContact) {
        Device device = new Device(
                new MacAddress("000e08aabbcc"),
                "SPA504G",
                "CBT1234567",
                true,
                new Device.Place("north", null, null),
                Map.of(),
                List.of(),
                new Device.Standing(
                        DeviceState.KEYED, 4, "4.abc", version, DeviceKeys.NONE, "seed", Device.Given.NOTHING, null));
        return new Candidate(device, labels, lastContact, Instant.parse("2027-06-01T00:00:00Z"), false, true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            all                                              | true
            model=SPA504G                                    | true
            model=spa-504g                                   | true
            MODEL = 504G                                     | true
            model=SPA508G                                    | false
            model=spa5*                                      | true
            model~*504*                                      | true
            model in (SPA508G, SPA504G)                      | true
            model not in (SPA508G, SPA504G)                  | false
            family=SPA50x                                    | true
            mac=00:0E:08:AA:BB:CC                            | true
            mac=00:0e:08*                                    | true
            mac>=000e08000000 and mac<000e09000000           | true
            serial=CBT*                                      | true
            serial=cbt*                                      | false
            serial='CBT*'                                    | false
            state=keyed                                      | true
            state in (NEW, SECURED)                          | false
            claimed=yes                                      | true
            tenant=north                                     | true
            tenant!=south                                    | true
            tenant=none                                      | false
            plan=none                                        | true
            plan!=office                                     | true
            plan=office                                      | false
            label=vip                                        | true
            label!=vip                                       | false
            label=floor-*                                    | true
            label in (none, floor-2)                         | true
            version<7.5.6                                    | true
            version<=7.5.5                                   | true
            version>7.5.2b                                   | true
            version>=7.5.6                                   | false
            version=7.5.5                                    | true
            version=7.*                                      | true
            version<11-3-2MPP0001-609                        | false
            version in (7.4.9, 7.5.5)                        | true
            applied=yes                                      | true
            applied=no                                       | false
            revision>3                                       | true
            revision in (1, 4)                               | true
            last-contact<-30m                                | true
            last-contact<-2h                                 | false
            last-contact>=2026-11-22T11:00:00Z               | true
            last-contact<2026-11-22T13:00:00+02:00           | false
            last-contact!=none                               | true
            lastContact=none                                 | false
            certificate<2027-06-01                           | false
            certificate<=2027-06-01                          | true
            certificate<+4w                                  | false
            revoked=no                                       | true
            tenant=south or tenant=north and plan=none       | true
            (tenant=south or tenant=north) and plan=office   | false
            not tenant=south and not (label=x or label=y)    | true
            NOT NOT claimed=yes                              | true
            """)
    void parse_filter_meansThePhoneOrNot(String filter, boolean meant) {
        assertThat(PARSER.parse(filter).test(PHONE)).isEqualTo(meant);
    }

    @Test
    void parse_versionInBrackets_isOneValue() {
        Candidate old = candidate("6.1.5(a)", Set.of(), NOW);

        assertThat(PARSER.parse("(version=6.1.5(a) or version in (6.1.3(b),5.1.1))")
                        .test(old))
                .isTrue();
        assertThat(PARSER.parse("version<6.1.5(b)").test(old)).isTrue();
        assertThat(PARSER.parse("tenant='it''s'").test(old)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            modle=SPA504G          | 1  | 'modle' is no field; allowed: mac, model,  | did you mean model?
            model:SPA504G          | 6  | model needs an operator here; allowed: = != ~ in | did you mean =?
            model=SPA50G          | 7  | model 'SPA50G' is not in models.yaml | did you mean SPA501G?
            model=XYZ*             | 7  | no model fits 'XYZ*' | allowed
            model<SPA504G          | 6  | model does not take < | = != ~ in
            state=KEYD             | 7  | 'KEYD' is no value of state; allowed: NEW, KEYED or SECURED | did you mean KEYED?
            claimed=maybe          | 9  | 'maybe' is no value of claimed | yes or no
            version<abc            | 9  | is no version that has an order | 7.5.6
            last-contact=-2d       | 14 | no moment is just '-2d' | none
            last-contact<yesterday | 14 | 'yesterday' is no value of last-contact | counted from now
            revision>four          | 10 | 'four' is no value of revision | a number
            mac=000e               | 5  | '000e' is no value of mac | a MAC address
            tenant=north label=vip | 14 | 'label' is not expected here; allowed: and, or, or the end | allowed
            tenant=north adn a=b   | 14 | 'adn' is not expected here | did you mean and?
            (tenant=north          | 14 | the bracket of position 1 is not closed | )
            tenant=                | 8  | a value of tenant is missing | a text
            tenant in north        | 11 | in needs a list | (
            tenant in (north       | 17 | the list is not closed | , or )
            tenant='north          | 8  | a value of tenant is missing | a text
            tenant=north and       | 17 | something is missing | a field, not, all or (
            )                      | 1  | ')' is no field | a field, not, all or (
            """)
    void parse_badFilter_isRefusedWithPlaceAndWhatIsAllowed(String filter, int position, String wrong, String also) {
        FilterException refused = catchThrowableOfType(FilterException.class, () -> PARSER.parse(filter));

        assertThat(refused.position()).as(refused.getMessage()).isEqualTo(position);
        assertThat(refused).hasMessageStartingWith("filter, position " + position + ": ");
        assertThat(refused).hasMessageContaining(wrong).hasMessageContaining(also);
    }

    @Test
    void parse_emptyTooLongOrTooDeep_isRefused() {
        assertThat(catchThrowableOfType(FilterException.class, () -> PARSER.parse("  ")))
                .hasMessageContaining("the filter is empty");
        String deep = "(".repeat(FilterParser.DEEPEST) + "all" + ")".repeat(FilterParser.DEEPEST);
        assertThat(PARSER.parse(deep)).isEqualTo(DeviceFilter.EVERY);
        assertThat(catchThrowableOfType(FilterException.class, () -> PARSER.parse("(" + deep + ")")))
                .hasMessageContaining("too deep");
        assertThat(catchThrowableOfType(FilterException.class, () -> PARSER.parse("not ".repeat(400) + "all")))
                .hasMessageContaining("too deep");
        String longest = Stream.generate(() -> "all or ").limit(285).reduce("", String::concat) + "all";
        assertThat(longest.length()).isLessThanOrEqualTo(FilterParser.LONGEST);
        assertThat(PARSER.parse(longest).test(PHONE)).isTrue();
        assertThat(catchThrowableOfType(FilterException.class, () -> PARSER.parse(longest + " or all")))
                .hasMessageContaining("too long");
    }
}
