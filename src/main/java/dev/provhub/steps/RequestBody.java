package dev.provhub.steps;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request, whose end who sends it may never reach: that is no failure of the hub. */
final class RequestBody extends FilterInputStream {
    RequestBody(InputStream in) {
        super(in);
    }

    /** The body cannot be read on. */
    static final class CutOff extends IOException {
        private static final long serialVersionUID = 1L;

        CutOff(IOException cause) {
            super("a request was cut off", cause);
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw new CutOff(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return super.read(into, offset, length);
        } catch (IOException e) {
            throw new CutOff(e);
        }
    }
}
