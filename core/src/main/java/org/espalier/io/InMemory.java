package org.espalier.io;

import java.io.IOException;

/** Runs a reader on bytes in memory, where the only thing that can go wrong is what the bytes say. */
final class InMemory {

    interface Reader<T> {
        T read() throws IOException;
    }

    private InMemory() {}

    static <T> T read(Reader<T> reader) throws FormatException {
        try {
            return reader.read();
        } catch (FormatException e) {
            throw e;
        } catch (IOException e) {
            throw new AssertionError("memory cannot fail to be read", e);
        }
    }
}
