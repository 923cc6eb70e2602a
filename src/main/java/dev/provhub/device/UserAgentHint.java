package dev.provhub.device;

import org.jspecify.annotations.Nullable;

/**
 * What a User-Agent says of its sender. A hint, never proof.
 *
 * @param model   null when it names none that is known
 * @param version running firmware; null when not said
 * @param mac     null when not said
 * @param serial  null when not said
 */
public record UserAgentHint(
        @Nullable DeviceModel model,
        @Nullable String version,
        @Nullable MacAddress mac,
        @Nullable String serial) {}
