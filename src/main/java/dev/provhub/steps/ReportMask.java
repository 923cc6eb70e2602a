package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.profile.Parameter;
import dev.provhub.profile.ParameterDictionary;
import dev.provhub.report.DeviceReport;
import dev.provhub.report.DeviceReport.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes out of a report what is nobody's to see: passwords, keys, the device's own directory, logins in rules. */
final class ReportMask {
    private static final String MASK = "***";
    private static final Pattern SECRET_NAME = Pattern.compile(
            "passw|secret|GPP_S[A-D]|keying|encrypt_content|private_key|psk|pin_code", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOGIN = Pattern.compile("--(key|uid|pwd)\\s+(?!\\$)(\"[^\"]*\"|[^\\s\\]]+)");

    private final ParameterDictionary dictionary;
    private final Set<String> secretlyGiven;
    private final Device device;

    /** @param secretlyGiven parameters that the device was given a secret in */
    ReportMask(ParameterDictionary dictionary, Set<String> secretlyGiven, Device device) {
        this.dictionary = dictionary;
        this.secretlyGiven = secretlyGiven;
        this.device = device;
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

    boolean isSecret(String name) {
        return secretlyGiven.contains(name)
                || SECRET_NAME.matcher(name).find()
                || dictionary
                        .find(name)
                        .map(ParameterDictionary.Named::parameter)
                        .filter(Parameter::secret)
                        .isPresent();
    }

    private String scrubbed(String text) {
        String plain = LOGIN.matcher(text).replaceAll("--$1 " + MASK);
        for (DeviceKey pair : Stream.of(
                        device.standing().keys().current(),
                        device.standing().keys().pending())
                .filter(Objects::nonNull)
                .toList()) {
            plain = plain.replace(pair.directory(), MASK).replace(pair.key(), MASK);
        }
        return plain;
    }
}
