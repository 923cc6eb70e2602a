package dev.provhub.tftp.component;

import dev.provhub.tftp.server.TftpServerSettings;
import dev.provhub.tftp.server.TransferListener;
import java.time.Duration;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.jspecify.annotations.Nullable;

/** Options of a tftp endpoint. */
@UriParams
public class TftpConfiguration implements Cloneable {
    @UriPath
    @Metadata(required = true)
    private String host = "0.0.0.0";

    @UriPath(defaultValue = "69")
    private int port = 69;

    @UriPath
    private @Nullable String file;

    @UriParam(label = "producer", defaultValue = "get")
    private TftpOperations operation = TftpOperations.get;

    @UriParam(label = "producer", defaultValue = "octet", enums = "octet,netascii")
    private String mode = "octet";

    @UriParam(label = "producer", defaultValue = "5000", javaType = "java.time.Duration")
    private long requestTimeout = 5000;

    @UriParam(label = "producer", defaultValue = "67108864")
    private int maxReadBytes = 64 * 1024 * 1024;

    @UriParam(label = "consumer")
    private @Nullable TransferListener transferListener;

    @UriParam(label = "consumer", defaultValue = "1468")
    private int maxBlockSizeBytes = 1468;

    @UriParam(label = "consumer", defaultValue = "1000", javaType = "java.time.Duration")
    private long retransmitTimeout = 1000;

    @UriParam(defaultValue = "6")
    private int maxRetransmissions = 6;

    @UriParam(label = "consumer", defaultValue = "5000")
    private int maxTransfers = 5000;

    @UriParam(label = "consumer", defaultValue = "true")
    private boolean singlePort = true;

    @UriParam(label = "consumer", defaultValue = "200", javaType = "java.time.Duration")
    private long minRetransmitTimeout = 200;

    @UriParam(label = "consumer", defaultValue = "0")
    private int maxTransfersPerAddress;

    @UriParam(label = "consumer", defaultValue = "0")
    private int maxTransfersPerBlock;

    @UriParam(label = "consumer", defaultValue = "false")
    private boolean allowWrite;

    @UriParam(label = "consumer")
    private @Nullable TftpWriteFilter acceptWrite;

    @UriParam(label = "consumer", defaultValue = "1048576")
    private int maxWriteBytes = 1024 * 1024;

    @UriParam(label = "consumer", defaultValue = "64")
    private int maxWrites = 64;

    @UriParam(label = "consumer", defaultValue = "20000", javaType = "java.time.Duration")
    private long answerTimeout = 20_000;

    @UriParam(label = "consumer,advanced", defaultValue = "0")
    private int poolSize;

    @UriParam(label = "consumer", defaultValue = "64")
    private int maxWindowSize = TftpServerSettings.MAX_WINDOW_SIZE;

    /** A copy that can be changed without changing this. */
    public TftpConfiguration copy() {
        try {
            return (TftpConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same as the server wants it, checked. */
    TftpServerSettings settings() {
        return new TftpServerSettings(
                host,
                port,
                singlePort,
                maxBlockSizeBytes,
                Duration.ofMillis(retransmitTimeout),
                Duration.ofMillis(minRetransmitTimeout),
                maxRetransmissions,
                maxTransfers,
                maxTransfersPerAddress,
                maxTransfersPerBlock,
                maxWindowSize,
                maxWrites,
                maxWriteBytes,
                Duration.ofMillis(answerTimeout));
    }

    public String getHost() {
        return host;
    }

    /**
     * Name or address to listen on, or several with commas between; 0.0.0.0 for every IPv4 address that the machine has, [::] for
     * every address. For the producer the server.
     */
    public void setHost(String host) {
        this.host = host;
    }

    public int getPort() {
        return port;
    }

    /** UDP port to listen on, 0 picks a free one; for the producer the server's. 69 when it is not named (RFC 3617). */
    public void setPort(int port) {
        this.port = port;
    }

    public int getMaxBlockSizeBytes() {
        return maxBlockSizeBytes;
    }

    /**
     * Largest block that is agreed to, in bytes of payload, from 8 to 65464 (RFC 2348). A client that asks for more gets this,
     * one that asks for less gets its own. The default fits an Ethernet frame.
     */
    public void setMaxBlockSizeBytes(int maxBlockSizeBytes) {
        this.maxBlockSizeBytes = maxBlockSizeBytes;
    }

    public long getRetransmitTimeout() {
        return retransmitTimeout;
    }

    /** Wait before the first retransmission, in milliseconds; doubles with each. A client may choose another (RFC 2349). */
    public void setRetransmitTimeout(long retransmitTimeout) {
        this.retransmitTimeout = retransmitTimeout;
    }

    public int getMaxRetransmissions() {
        return maxRetransmissions;
    }

    /** How often one packet is sent again before the transfer is given up, from 0 to 7. */
    public void setMaxRetransmissions(int maxRetransmissions) {
        this.maxRetransmissions = maxRetransmissions;
    }

    public int getMaxTransfers() {
        return maxTransfers;
    }

    /** Transfers at once; requests beyond are not answered, and clients ask again. */
    public void setMaxTransfers(int maxTransfers) {
        this.maxTransfers = maxTransfers;
    }

    public boolean isAllowWrite() {
        return allowWrite;
    }

    /**
     * Whether clients may write: a file becomes an exchange once its last block is there, and the client is told that it was
     * taken when the route has ended well. Otherwise write requests are refused with error 2.
     */
    public void setAllowWrite(boolean allowWrite) {
        this.allowWrite = allowWrite;
    }

    public @Nullable TftpWriteFilter getAcceptWrite() {
        return acceptWrite;
    }

    /** Says which names may be written, before a byte of the file is taken; without it all may. Must be quick. */
    public void setAcceptWrite(@Nullable TftpWriteFilter acceptWrite) {
        this.acceptWrite = acceptWrite;
    }

    public int getMaxWriteBytes() {
        return maxWriteBytes;
    }

    /** Largest file that may be written, in bytes, up to 64 MiB; it is held in memory. A larger one is refused with error 3. */
    public void setMaxWriteBytes(int maxWriteBytes) {
        this.maxWriteBytes = maxWriteBytes;
    }

    public int getMaxWrites() {
        return maxWrites;
    }

    /** Files that are written at once; requests beyond are not answered, and clients ask again. */
    public void setMaxWrites(int maxWrites) {
        this.maxWrites = maxWrites;
    }

    public long getAnswerTimeout() {
        return answerTimeout;
    }

    /** How long a request or a file that was written waits for the route, in milliseconds; then its client is told of an error. */
    public void setAnswerTimeout(long answerTimeout) {
        this.answerTimeout = answerTimeout;
    }

    public int getPoolSize() {
        return poolSize;
    }

    /**
     * Threads on which routes run: so many requests are answered at once by a route that holds its thread; 0 for as many as the
     * context's default thread pool profile has, 10 if nobody has set it.
     */
    public void setPoolSize(int poolSize) {
        this.poolSize = poolSize;
    }

    public int getMaxWindowSize() {
        return maxWindowSize;
    }

    /** Most blocks that go before an acknowledgement is waited for, from 1 to 64 (RFC 7440), when a client asks for that. */
    public void setMaxWindowSize(int maxWindowSize) {
        this.maxWindowSize = maxWindowSize;
    }

    public boolean isSinglePort() {
        return singlePort;
    }

    /**
     * Whether all packets leave from the port that was asked, which passes firewalls, balancers and address translation; else
     * each transfer has a port of its own (RFC 1350, section 4), for clients that insist on it.
     */
    public void setSinglePort(boolean singlePort) {
        this.singlePort = singlePort;
    }

    public long getMinRetransmitTimeout() {
        return minRetransmitTimeout;
    }

    /** Shortest wait, in milliseconds, that measured round trips may lead to. */
    public void setMinRetransmitTimeout(long minRetransmitTimeout) {
        this.minRetransmitTimeout = minRetransmitTimeout;
    }

    public int getMaxTransfersPerAddress() {
        return maxTransfersPerAddress;
    }

    /** Transfers at once of one client address; 0 for any number. Phones behind one address translation share theirs. */
    public void setMaxTransfersPerAddress(int maxTransfersPerAddress) {
        this.maxTransfersPerAddress = maxTransfersPerAddress;
    }

    public int getMaxTransfersPerBlock() {
        return maxTransfersPerBlock;
    }

    /** Transfers at once of one block of client addresses, /24 of IPv4 and /56 of IPv6; 0 for any number. */
    public void setMaxTransfersPerBlock(int maxTransfersPerBlock) {
        this.maxTransfersPerBlock = maxTransfersPerBlock;
    }

    public @Nullable String getFile() {
        return file;
    }

    /** Name of the file that the producer reads or writes; a header may name another. */
    public void setFile(@Nullable String file) {
        this.file = file;
    }

    public TftpOperations getOperation() {
        return operation;
    }

    /** Whether the producer reads a file into the body, or writes the body. */
    public void setOperation(TftpOperations operation) {
        this.operation = operation;
    }

    public String getMode() {
        return mode;
    }

    /** How the producer's bytes go: octet as they are, netascii with the line ends of text on the way. */
    public void setMode(String mode) {
        this.mode = mode;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    /** How long the producer waits for an answer before it sends its packet again, in milliseconds. */
    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public int getMaxReadBytes() {
        return maxReadBytes;
    }

    /** Largest file that the producer reads, in bytes. */
    public void setMaxReadBytes(int maxReadBytes) {
        this.maxReadBytes = maxReadBytes;
    }

    public @Nullable TransferListener getTransferListener() {
        return transferListener;
    }

    /** Hears how each transfer has ended, for counters and histograms. Called on the event loop: must be quick. */
    public void setTransferListener(@Nullable TransferListener transferListener) {
        this.transferListener = transferListener;
    }
}
