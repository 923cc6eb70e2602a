package dev.provhub.emulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A downloaded body after sniffing, decrypting, inflating and parsing (protocol section 1). */
record ProfileBody(Map<String, String> values, boolean sealed, boolean gzip) {

    private static final int MAX_XML_BYTES = 16 * 1024 * 1024;

    /**
     * @param key the expanded {@code --key}, null where the rule has none
     * @param digests those to try, in order
     * @throws FetchException {@code corrupt file}: wrong key, plain although there is a key, sealed although there is none,
     *     or no profile inside
     */
    static ProfileBody open(byte[] body, @Nullable String key, List<String> digests) throws FetchException {
        boolean sealed = OpenSslBody.isSealed(body);
        if (sealed != (key != null)) {
            throw FetchException.corruptFile();
        }
        if (key == null) {
            return inflate(body, false);
        }
        FetchException failure = FetchException.corruptFile();
        for (String digest : digests) {
            try {
                return inflate(OpenSslBody.open(body, key, digest), true);
            } catch (FetchException wrongDigest) {
                // Shows as bad padding or as no XML: the next one may fit
                failure = wrongDigest;
            }
        }
        throw failure;
    }

    private static ProfileBody inflate(byte[] body, boolean sealed) throws FetchException {
        boolean gzip = body.length > 2 && body[0] == 0x1f && body[1] == (byte) 0x8b;
        return new ProfileBody(FlatProfileParser.parse(gzip ? gunzip(body) : body), sealed, gzip);
    }

    private static byte[] gunzip(byte[] body) throws FetchException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] plain = in.readNBytes(MAX_XML_BYTES + 1);
            if (plain.length > MAX_XML_BYTES) {
                throw FetchException.corruptFile();
            }
            return plain;
        } catch (IOException e) {
            throw FetchException.corruptFile();
        }
    }

    /** Values may be secret. */
    @Override
    public String toString() {
        return "ProfileBody[" + values.size() + " values, sealed=" + sealed + ", gzip=" + gzip + "]";
    }
}
