package dev.provhub.device;

import org.jspecify.annotations.Nullable;

/**
 * What devices of a model show of themselves before anybody knows them.
 *
 * @param vendorClass DHCP option 60; null when unknown
 * @param userAgent   shape of the HTTP User-Agent, with the phones' macros; null when unknown
 */
public record Greeting(
        @Nullable String vendorClass, @Nullable String userAgent) {}
