package dev.provhub.device;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a device asks for, as {@link RequestRules} understand the name that it sent. Only the name speaks: nothing is proved. */
public sealed interface Asked {
    /** Which of the records it is, for a {@code switch}. */
    Kind kind();

    /** One for each record. */
    enum Kind {
        /** {@link Asked.DefaultPath}. */
        DEFAULT_PATH,
        /** {@link Asked.NextStep}. */
        NEXT_STEP,
        /** {@link Asked.KeyByToken}. */
        KEY_BY_TOKEN,
        /** {@link Asked.OwnProfile}. */
        OWN_PROFILE,
        /** {@link Asked.OwnProfile}, sealed by RFC 8188. */
        OWN_PROFILE_AES128GCM,
        /** {@link Asked.Firmware}. */
        FIRMWARE,
        /** {@link Asked.Certificate}. */
        CERTIFICATE,
        /** {@link Asked.RemoteCustomization}. */
        REMOTE_CUSTOMIZATION,
        /** {@link Asked.Report}. */
        REPORT,
        /** {@link Asked.Foreign}. */
        FOREIGN,
        /** {@link Asked.Unknown}. */
        UNKNOWN
    }

    /** The MAC address that the name holds; a hint and no proof, but proof that names another one is none. */
    default Optional<MacAddress> named() {
        return Optional.empty();
    }

    /**
     * What a device asks before it was told anything.
     *
     * @param model the model that the name implies; null when it implies none
     * @param mac   null when the name has none
     */
    record DefaultPath(
            @Nullable DeviceModel model, @Nullable MacAddress mac) implements Asked {
        @Override
        public Kind kind() {
            return Kind.DEFAULT_PATH;
        }

        @Override
        public Optional<MacAddress> named() {
            return Optional.ofNullable(mac);
        }
    }

    /**
     * The next step of a bootstrap, {@code /b/$(PSN)/$(MA).cfg}.
     *
     * @param psn as it was sent
     * @param mac null when what was sent is none
     */
    record NextStep(String psn, @Nullable MacAddress mac) implements Asked {
        @Override
        public Kind kind() {
            return Kind.NEXT_STEP;
        }

        @Override
        public Optional<MacAddress> named() {
            return Optional.ofNullable(mac);
        }
    }

    /**
     * The key profile by a one-time token, {@code /k/<token>.cfg}.
     *
     * @param token in lower case; a secret
     */
    record KeyByToken(String token) implements Asked {
        @Override
        public Kind kind() {
            return Kind.KEY_BY_TOKEN;
        }

        /** Leaves the token out. */
        @Override
        public String toString() {
            return "KeyByToken[]";
        }
    }

    /**
     * A device's own profile, {@code /p/<directory>/$(P)/$(SWVER)/profile.cfg}, or {@code …/profile.gcm} when its rule holds no key.
     * By the name a device says which of the two it can open: it asks by the rule that came with its secrets.
     *
     * @param directory       in lower case; a secret
     * @param appliedRevision what it has applied, as it was sent; may be empty
     * @param runningVersion  firmware that it runs, as it was sent; may be empty
     * @param aes128gcm       whether it is to be sealed by RFC 8188
     */
    record OwnProfile(String directory, String appliedRevision, String runningVersion, boolean aes128gcm)
            implements Asked {
        /** To be sealed as {@code openssl enc} does. */
        public OwnProfile(String directory, String appliedRevision, String runningVersion) {
            this(directory, appliedRevision, runningVersion, false);
        }

        @Override
        public Kind kind() {
            return aes128gcm ? Kind.OWN_PROFILE_AES128GCM : Kind.OWN_PROFILE;
        }

        /** Leaves the directory out. */
        @Override
        public String toString() {
            return "OwnProfile[applied " + appliedRevision + " running " + runningVersion + "]";
        }
    }

    /**
     * A file for {@code Upgrade_Rule}.
     *
     * @param fileName one segment, as it was sent
     */
    record Firmware(String fileName) implements Asked {
        @Override
        public Kind kind() {
            return Kind.FIRMWARE;
        }
    }

    /**
     * A CA certificate.
     *
     * @param name one segment, in lower case, without {@code .pem}
     */
    record Certificate(String name) implements Asked {
        @Override
        public Kind kind() {
            return Kind.CERTIFICATE;
        }
    }

    /**
     * Where the vendor's redirection service sends units that belong to a provider.
     *
     * @param tenant as it was sent; null when the name has none
     */
    record RemoteCustomization(@Nullable String tenant) implements Asked {
        @Override
        public Kind kind() {
            return Kind.REMOTE_CUSTOMIZATION;
        }
    }

    /**
     * The place for a device's report.
     *
     * @param directory in lower case; a secret
     */
    record Report(String directory) implements Asked {
        @Override
        public Kind kind() {
            return Kind.REPORT;
        }

        /** Leaves the directory out. */
        @Override
        public String toString() {
            return "Report[]";
        }
    }

    /**
     * What belongs to another kind of server.
     *
     * @param why what an operator should read of it
     */
    record Foreign(String why) implements Asked {
        @Override
        public Kind kind() {
            return Kind.FOREIGN;
        }
    }

    /** No rule fits. */
    record Unknown() implements Asked {
        @Override
        public Kind kind() {
            return Kind.UNKNOWN;
        }
    }
}
