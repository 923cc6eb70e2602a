package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.Line;
import dev.provhub.devicelog.PlainText;
import dev.provhub.profile.ParameterDictionary;
import dev.provhub.profile.ProfileValue;
import dev.provhub.report.DeviceReport;
import dev.provhub.report.DeviceReport.Entry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes out of a report what is nobody's to see: passwords, keys, the device's own directory, logins in rules. */
final class ReportMask {
    private static final String MASK = "***";
    private static final Pattern SECRET_NAME = Pattern.compile(
            "passw|secret|GPP_S[A-D]|keying|encrypt_content|_key(_|$)|wep|psk|_pin(_|$)|community|credential",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LOGIN =
            Pattern.compile("(--(?:key|uid|pwd)[\\s=]+)(?!\\$)(\"[^\"]*\"|[^\\s\\]]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern URL_LOGIN = Pattern.compile("(?<=://)[^\\s\\]]*@");
    /** Shorter ones would be found by chance. */
    private static final int SHORTEST_SECRET = 6;

    private final ParameterDictionary dictionary;
    private final Set<String> secretNames;
    private final Set<String> secretTexts;

    /** @param given what the device was given under the revision that it shows; empty when that is not known */
    ReportMask(ParameterDictionary dictionary, List<ProfileValue> given, Device device) {
        this.dictionary = dictionary;
        List<ProfileValue> secret = given.stream().filter(ProfileValue::secret).toList();
        this.secretNames = secret.stream().map(ProfileValue::name).collect(Collectors.toSet());
        this.secretTexts = Stream.of(
                        secret.stream().map(ProfileValue::text),
                        device.lines().stream().map(Line::sipPassword),
                        Stream.of(
                                        device.standing().keys().current(),
                                        device.standing().keys().pending())
                                .filter(Objects::nonNull)
                                .flatMap(pair -> Stream.of(pair.directory(), pair.key())))
                .flatMap(texts -> texts)
                .filter(text -> text.length() >= SHORTEST_SECRET)
                .collect(Collectors.toSet());
    }

    DeviceReport masked(DeviceReport report) {
        return report.with(entry -> Optional.of(new Entry(entry.name(), entry.group(), text(entry))));
    }

    private String text(Entry entry) {
        if (entry.text().isEmpty()) {
            return "";
        }
        return isSecret(entry.name()) ? MASK : scrubbed(entry.text());
    }

    /** The dictionary knows best; of a name that it does not know, the name tells. */
    boolean isSecret(String name) {
        return secretNames.contains(name)
                || dictionary
                        .find(name)
                        .map(known -> known.parameter().secret())
                        .orElseGet(() -> SECRET_NAME.matcher(name).find());
    }

    /** Whether a secret stands in a text. */
    boolean holdsSecret(String text) {
        return !scrubbed(text).equals(PlainText.of(text));
    }

    private String scrubbed(String text) {
        String plain = PlainText.of(text);
        for (String secret : secretTexts) {
            plain = plain.replace(secret, MASK);
        }
        return URL_LOGIN.matcher(LOGIN.matcher(plain).replaceAll("$1" + MASK)).replaceAll(MASK + "@");
    }
}
