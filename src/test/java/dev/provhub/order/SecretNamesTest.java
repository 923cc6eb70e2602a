package dev.provhub.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sipPassword",
                "SIP_PASSWORD",
                "passwd",
                "passPhrase",
                "userPwd",
                "authPw",
                "auth_pw",
                "AUTHPW",
                "apiKey",
                "api-key",
                "API_KEY",
                "ha1",
                "HA1",
                "sip.ha1",
                "digestHa1",
                "voicemailPin",
                "pin",
                "PIN_1",
                "sipPinCode",
                "pin-code",
                "accessToken",
                "clientSecret",
                "credentials",
                "psk",
                "private_key",
                "access_key",
                "encKey",
                "aesKey",
                "bearer",
                "Authorization",
                "AuthHash",
                "otp",
                "login-otp",
                "PUK",
                "md5"
            })
    void looksSecret_nameOfASecret_isTrue(String name) {
        assertThat(SecretNames.looksSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "macAddress",
                "lineNumber",
                "shippingMode",
                "spinner",
                "opinion",
                "alpha1",
                "segment",
                "key",
                "keyColor",
                "powder",
                "upward",
                "displayName",
                "value",
                "requestedStartDate"
            })
    void looksSecret_otherName_isFalse(String name) {
        assertThat(SecretNames.looksSecret(name)).isFalse();
    }
}
