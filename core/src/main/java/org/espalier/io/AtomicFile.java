package org.espalier.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Replaces a file so that a reader sees the old file or the new one, complete, at any moment and after any crash.
 *
 * <p>Idea: write a temporary file in the same directory, force it to the disk, rename it over the target, force the
 * directory. Invariant: the target's name always belongs to a complete file; when {@code write} returns, to the new
 * one, on the disk. Cost: one extra file for a moment, two waits for the disk.
 *
 * <p>If writing fails the temporary file is removed; if the process is killed it stays, and {@link #removeLeftovers}
 * takes it away. A failed force is not tried again, because the second answer of a disk is worth nothing. Two writers
 * of one target do not mix: the last rename wins. If the target is a symbolic link, the file it points to is replaced.
 * The new file has the permissions of the one that it replaces, where the file system knows owner, group and others; at
 * no moment more people can read it. A file that is new has those that the process gives to any new file.
 *
 * <p>Reference: T. S. Pillai et al., "All file systems are not created equal", OSDI 2014.
 */
public final class AtomicFile {

    /** What is to be written. */
    @FunctionalInterface
    public interface Body {
        /**
         * Writes the whole contents.
         *
         * @param out takes every byte of a buffer in one call
         * @throws IOException if the contents cannot be made or written; the target then stays as it is
         */
        void writeTo(WritableByteChannel out) throws IOException;
    }

    /** Largest piece handed to the file system at once: it copies heap buffers to memory of its own. */
    private static final int CHUNK = 1 << 20;

    private static final String SUFFIX = ".tmp";

    private AtomicFile() {}

    /**
     * Replaces or creates a file.
     *
     * @param target the file; its directory must exist
     * @param body writes the contents
     * @throws SaveException if it could not be replaced; it says which contents the target has
     * @throws IOException if the target is no file name
     */
    public static void write(Path target, Body body) throws IOException {
        write(target, body, new FileCalls.Disk());
    }

    /**
     * Replaces or creates a file.
     *
     * @param target the file; its directory must exist
     * @param bytes the contents
     * @throws SaveException if it could not be replaced; it says which contents the target has
     * @throws IOException if the target is no file name
     */
    public static void write(Path target, byte[] bytes) throws IOException {
        write(target, out -> out.write(ByteBuffer.wrap(bytes)));
    }

    static void write(Path target, Body body, FileCalls files) throws IOException {
        Path file = Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
        if (file.getFileName() == null) {
            throw new IOException(target + " is not a file name");
        }
        Path temporary = file.resolveSibling(prefix(file) + UUID.randomUUID() + SUFFIX);
        try {
            writeForced(temporary, file, body, files);
            files.replace(temporary, file);
        } catch (IOException | RuntimeException | Error e) {
            remove(temporary, files, e);
            if (e instanceof IOException) {
                throw new SaveException(target, false, e);
            }
            throw e;
        }
        try {
            files.forceDirectory(file.getParent());
        } catch (IOException e) {
            throw new SaveException(target, true, e);
        }
    }

    private static void writeForced(Path temporary, Path like, Body body, FileCalls files) throws IOException {
        FileCalls.Handle handle = files.create(temporary, like);
        try (var out = new Sink(handle)) {
            body.writeTo(out);
            handle.force();
        }
    }

    private static void remove(Path temporary, FileCalls files, Throwable because) {
        try {
            files.deleteIfExists(temporary);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /**
     * Removes the temporary files that killed processes left beside a target. Only for a program that knows that
     * nothing is writing the target at this moment.
     *
     * @param target the file that was to be replaced
     * @return how many were removed
     * @throws IOException if the directory cannot be read or a file not be removed
     */
    public static int removeLeftovers(Path target) throws IOException {
        Path file = target.toAbsolutePath();
        int removed = 0;
        try (DirectoryStream<Path> siblings =
                Files.newDirectoryStream(file.getParent(), path -> isLeftover(path, file))) {
            for (Path sibling : siblings) {
                removed += Files.deleteIfExists(sibling) ? 1 : 0;
            }
        }
        return removed;
    }

    private static boolean isLeftover(Path path, Path file) {
        String name = path.getFileName().toString();
        String prefix = prefix(file);
        int uuid = 36;
        boolean ours = name.startsWith(prefix) && name.endsWith(SUFFIX);
        return ours && name.length() == prefix.length() + uuid + SUFFIX.length();
    }

    private static String prefix(Path file) {
        return "." + file.getFileName() + ".";
    }

    /** Writes every byte of a buffer, however often the file system has to be asked. */
    private static final class Sink implements WritableByteChannel {
        private final FileCalls.Handle handle;
        private boolean open = true;

        Sink(FileCalls.Handle handle) {
            this.handle = handle;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (!open) {
                throw new ClosedChannelException();
            }
            int start = bytes.position();
            int limit = bytes.limit();
            while (bytes.position() < limit) {
                bytes.limit(Math.min(limit, bytes.position() + CHUNK));
                handle.write(bytes);
                bytes.limit(limit);
            }
            return limit - start;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() throws IOException {
            if (open) {
                open = false;
                handle.close();
            }
        }
    }
}
