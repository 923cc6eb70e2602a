package dev.provhub.emulator;

/**
 * Who a phone is.
 *
 * @param mac 12 lower-case hex digits
 * @param serial as on its label, not empty
 * @param hasCertificate whether it holds a client certificate of its own
 */
record PhoneIdentity(PhoneModel model, String mac, String serial, boolean hasCertificate) {

    PhoneIdentity {
        if (!mac.matches("[0-9a-f]{12}")) {
            throw new IllegalArgumentException("MAC address must be 12 lower-case hex digits, not " + mac);
        }
        if (serial.isBlank()) {
            throw new IllegalArgumentException("Serial number of " + mac + " must not be empty");
        }
    }
}
