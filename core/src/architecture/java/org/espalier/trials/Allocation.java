package org.espalier.trials;

import java.io.IOException;
import org.espalier.io.FormatException;

/** How many bytes a piece of code allocates on this thread. */
public final class Allocation {

    /** What is measured. */
    public interface Code {
        /** Runs it. */
        Object run() throws IOException;
    }

    private Allocation() {}

    /** Bytes allocated, whether the code succeeds or ends in a {@link FormatException}. */
    public static long of(Code code) {
        long before = ThreadCounter.ALLOCATED_BYTES.now();
        try {
            code.run();
        } catch (FormatException refused) {
            // Refusing costs what it costs.
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return ThreadCounter.ALLOCATED_BYTES.now() - before;
    }

    /** What a reader may allocate for an input of this many bytes. */
    public static long allowed(long inputLength) {
        return (1L << 20) + 4 * inputLength;
    }
}
