package dev.provhub.tftp.component;

import org.apache.camel.spi.Metadata;

/** Headers of the component. A remote sender cannot set them. */
public final class TftpConstants {
    /** Text. */
    @Metadata(
            description =
                    "The file name, exactly as it was asked for; for the producer which file, instead of the URI's",
            javaType = "String")
    public static final String FILE_NAME = "CamelTftpFileName";

    /** Text. */
    @Metadata(description = "The transfer mode: octet or netascii", javaType = "String")
    public static final String MODE = "CamelTftpMode";

    /** Address. */
    @Metadata(label = "consumer", description = "Who asks", javaType = "java.net.InetSocketAddress")
    public static final String REMOTE_ADDRESS = "CamelTftpRemoteAddress";

    /** Address. */
    @Metadata(
            label = "consumer",
            description = "The address and port that were asked",
            javaType = "java.net.InetSocketAddress")
    public static final String LOCAL_ADDRESS = "CamelTftpLocalAddress";

    /** Boolean. */
    @Metadata(
            label = "consumer",
            description = "true when the client writes the file: the body holds its bytes",
            javaType = "Boolean")
    public static final String WRITE = "CamelTftpWrite";

    /** Number. */
    @Metadata(
            label = "consumer",
            description =
                    "Set by the route to refuse with this error code (0 to 8) and its fixed text, or with BUSY: code 0,"
                            + " Busy, try again later",
            javaType = "String")
    public static final String ERROR_CODE = "CamelTftpErrorCode";

    /** Enum. */
    @Metadata(
            label = "producer",
            description = "What the producer does, instead of the endpoint's operation: get or put",
            javaType = "dev.provhub.tftp.component.TftpOperations")
    public static final String OPERATION = "CamelTftpOperation";

    /** Property, a {@link Runnable}: set by the route to be run once, when the transfer of its answer has ended, however it ended. */
    public static final String WHEN_SENT = "CamelTftpWhenSent";

    private TftpConstants() {}
}
