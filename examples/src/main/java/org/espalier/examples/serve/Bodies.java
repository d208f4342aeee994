package org.espalier.examples.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * The bodies of requests under way. Each has a limit, and so have all together: memory is taken piece by piece as bytes
 * come in, so neither a length that is promised nor a client that sends slowly reserves any.
 */
final class Bodies {
    private static final int PIECE = 16 << 10;

    private final int largest;
    private final Semaphore pieces;

    /**
     * No bodies yet.
     *
     * @param largest bytes of one body
     * @param together bytes of all bodies
     */
    Bodies(int largest, int together) {
        this.largest = largest;
        this.pieces = new Semaphore(Math.max(1, together / PIECE));
    }

    /** Work on a body. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T on(byte[] body) throws HttpProblem;
    }

    /**
     * Reads a body and works on it, after which its memory is free for others.
     *
     * @throws HttpProblem 413 if the body is too large, 503 if all bodies together are; or as the work throws
     */
    <T> T with(InputStream in, Work<T> work) throws IOException, HttpProblem {
        var body = new ByteArrayOutputStream();
        int taken = 0;
        try {
            var piece = new byte[PIECE];
            for (int read = in.readNBytes(piece, 0, PIECE); read > 0; read = in.readNBytes(piece, 0, PIECE)) {
                if (!pieces.tryAcquire()) {
                    throw new HttpProblem(503, "the requests under way take all the memory for them; try again");
                }
                taken++;
                body.write(piece, 0, read);
                if (body.size() > largest) {
                    throw new HttpProblem(413, "the body is larger than " + largest + " bytes; send fewer rows");
                }
            }
            return work.on(body.toByteArray());
        } finally {
            pieces.release(taken);
        }
    }
}
