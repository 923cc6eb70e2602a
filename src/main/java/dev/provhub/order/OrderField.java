package dev.provhub.order;

import java.util.Arrays;
import java.util.Optional;

/** What an order can say about a line. A site's own names for them are in its {@link OrderMapping}. */
public enum OrderField {
    /** Which device; in any notation. */
    MAC_ADDRESS("macAddress"),
    /** Model, product number or product series. */
    DEVICE_MODEL("deviceModel"),
    /** Serial number of the device. */
    SERIAL_NUMBER("serialNumber"),
    /** Which line of the device, from 1. */
    LINE_NUMBER("lineNumber"),
    /** The number people dial. */
    DIRECTORY_NUMBER("directoryNumber"),
    /** What the phone shows. */
    DISPLAY_NAME("displayName"),
    /** User part of the SIP address. */
    SIP_USER("sipUser"),
    /** Name for digest authentication where it differs from the user. */
    SIP_AUTH_USER("sipAuthUser"),
    /** Secret. */
    SIP_PASSWORD("sipPassword"),
    /** Domain of the SIP address. */
    SIP_DOMAIN("sipDomain"),
    /** {@code host[:port]}. */
    SIP_PROXY("sipProxy"),
    /** {@code UDP}, {@code TCP} or {@code TLS}. */
    SIP_TRANSPORT("sipTransport"),
    /** Name of a plan's layer. */
    PLAN("plan"),
    /** Name of a tenant's layer. */
    TENANT("tenant"),
    /** IANA name. */
    TIME_ZONE("timeZone"),
    /** Parameters of the phone, of which no site names this one field: see {@link OrderedSettings}. */
    SETTINGS("settings"),
    /** The model of a device that is not known yet, where the item does not say one: the mapping's default. No site names it. */
    USUAL_MODEL("usualModel"),
    /** The device whose place this one takes; only where an item modifies. */
    PREVIOUS_MAC_ADDRESS("previousMacAddress"),
    /** {@code active}, or {@code inactive} for a line that is suspended; TMF641 says it as the state of the service. */
    SERVICE_STATE("serviceState"),
    /** The orderer's own name of the order; only where an order is a row. */
    EXTERNAL_ID("externalId"),
    /** {@link OrderAction}; only where an order is a row. */
    ACTION("action");

    private final String wireName;

    OrderField(String wireName) {
        this.wireName = wireName;
    }

    /** The name that the shipped mapping has for it. */
    public String wireName() {
        return wireName;
    }

    /** Whether its value must never be shown. */
    public boolean secret() {
        return this == SIP_PASSWORD || this == SETTINGS;
    }

    /** Whether a mapping may call it something. */
    public boolean isNamed() {
        return this != SETTINGS && this != USUAL_MODEL;
    }

    /** Whether it describes the line, and not the row that it came in. */
    public boolean ofLine() {
        return this != EXTERNAL_ID && this != ACTION;
    }

    /** The field that a mapping may call so, empty when there is none. */
    public static Optional<OrderField> find(String wireName) {
        return Arrays.stream(values())
                .filter(field -> field.isNamed() && field.wireName.equals(wireName))
                .findFirst();
    }
}
