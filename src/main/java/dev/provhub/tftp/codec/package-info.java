/**
 * TFTP packets and their bytes (RFC 1350, 2347): {@link dev.provhub.tftp.codec.TftpDecoder} reads,
 * {@link dev.provhub.tftp.codec.TftpEncoder} writes. JDK and Netty buffers only.
 */
@NullMarked
package dev.provhub.tftp.codec;

import org.jspecify.annotations.NullMarked;
