package org.espalier.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The few calls to the file system that {@link AtomicFile} makes. A seam: a test can put a file system behind it that
 * fails, fills up or loses power.
 */
interface FileCalls {

    /** A file open for writing. */
    interface Handle {
        /** Writes some of the bytes, at least one, and moves the buffer's position past them. */
        void write(ByteBuffer bytes) throws IOException;

        /** Returns when the file's bytes and length are on the disk. */
        void force() throws IOException;

        void close() throws IOException;
    }

    /** Creates a file that did not exist, with the permissions of another one if that exists. */
    Handle create(Path path, Path like) throws IOException;

    /** Renames a file over another in one step. */
    void replace(Path from, Path to) throws IOException;

    /** Returns when the directory's entries are on the disk. */
    void forceDirectory(Path directory) throws IOException;

    void deleteIfExists(Path path) throws IOException;

    /** The file system of this machine. */
    final class Disk implements FileCalls {
        private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

        @Override
        public Handle create(Path path, Path like) throws IOException {
            FileChannel channel = open(path, like);
            return new Handle() {
                @Override
                public void write(ByteBuffer bytes) throws IOException {
                    channel.write(bytes);
                }

                @Override
                public void force() throws IOException {
                    channel.force(true);
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }

        private static FileChannel open(Path path, Path like) throws IOException {
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Set<PosixFilePermission> permissions = permissions(like);
            if (permissions == null) {
                return FileChannel.open(path, options);
            }
            // What the process takes from every new file, it takes from this one too; so they are set once more.
            FileChannel channel = FileChannel.open(path, options, PosixFilePermissions.asFileAttribute(permissions));
            try {
                Files.setPosixFilePermissions(path, permissions);
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        /** The permissions of a file; null if there is none, or its file system has no such thing. */
        private static Set<PosixFilePermission> permissions(Path file) throws IOException {
            try {
                return Files.getPosixFilePermissions(file);
            } catch (NoSuchFileException | UnsupportedOperationException e) {
                return null;
            }
        }

        @Override
        public void replace(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            // Windows cannot open a directory; its file systems log the rename themselves.
            if (!WINDOWS) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        }

        @Override
        public void deleteIfExists(Path path) throws IOException {
            Files.deleteIfExists(path);
        }
    }
}
