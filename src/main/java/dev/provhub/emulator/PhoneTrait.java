package dev.provhub.emulator;

/** What some families have and others lack. */
enum PhoneTrait {
    /** {@code GPP_SA} to {@code GPP_SD}; without them {@code $SA} stays literal text. */
    SECRET_REGISTERS,
    /** The secret registers expand in {@code --uid} and {@code --pwd} too. */
    SECRET_LOGINS,
    /** Delays may be lists of {@code base+random}; else the first number counts. */
    DELAY_LISTS,
    /** {@code Resync_At__HHmm_}. */
    RESYNC_AT,
    /** DHCP options 160 and 159 besides 66 and 150, in the order of {@code DHCP_Option_To_Use}. */
    FURTHER_DHCP_OPTIONS,
    /** The MPP algorithm that tries several paths and transports (section 3.2). */
    DHCP_TAILS,
    /** Without a usable option 66 it takes itself for an enterprise phone, while {@code SPCP_Auto-detect} is Yes. */
    SCCP_FALLBACK,
    /** {@code Resync_Trigger_1} and {@code _2} hold timed resyncs back instead of starting them. */
    TRIGGER_GATES,
    /** {@code router-configuration}. */
    ROUTER,
    /** Firmware may come over HTTPS. */
    FIRMWARE_OVER_HTTPS,
    /** RFC 8188 bodies and {@code IKM_HTTP_Encrypt_Content}. */
    ENCRYPTED_CONTENT,
    /** Opens what the vendor's profile compiler made, if somebody else does it for us. */
    COMPILED_PROFILES,
    /** Names and further parameters of multiplatform phones: log texts, reports by themselves, User-Agent template. */
    MULTIPLATFORM
}
