/**
 * Certificates: the development CA and what it signs, the keys that listeners show, and the judgement of what a phone
 * shows ({@link dev.provhub.pki.CertificateJudge}). Judging happens after the handshake, so that a refused certificate has
 * a reason in the log.
 */
@NullMarked
package dev.provhub.pki;

import org.jspecify.annotations.NullMarked;
