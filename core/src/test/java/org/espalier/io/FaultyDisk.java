package org.espalier.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The real file system with a fault: from call number {@code first} on, one call or every call fails, and writes take
 * only {@code piece} bytes at a time. What was called is kept in order.
 */
final class FaultyDisk implements FileCalls {

    private final FileCalls disk = new Disk();
    private final List<String> calls = new ArrayList<>();
    private final int first;
    private final boolean persistent;
    private final int piece;
    private int open;

    FaultyDisk(int first, boolean persistent, int piece) {
        this.first = first;
        this.persistent = persistent;
        this.piece = piece;
    }

    List<String> calls() {
        return calls;
    }

    /** Handles created and not closed. */
    int open() {
        return open;
    }

    private void call(String name) throws IOException {
        calls.add(name);
        int number = calls.size();
        if (number == first || persistent && number > first) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public Handle create(Path path, Path like) throws IOException {
        call("create");
        Handle handle = disk.create(path, like);
        open++;
        return new Handle() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                call("write");
                int limit = bytes.limit();
                bytes.limit(Math.min(limit, bytes.position() + piece));
                handle.write(bytes);
                bytes.limit(limit);
            }

            @Override
            public void force() throws IOException {
                call("force");
                handle.force();
            }

            @Override
            public void close() throws IOException {
                open--;
                handle.close();
                call("close");
            }
        };
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        call("replace");
        disk.replace(from, to);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        call("forceDirectory");
        disk.forceDirectory(directory);
    }

    @Override
    public void deleteIfExists(Path path) throws IOException {
        call("delete");
        disk.deleteIfExists(path);
    }
}
