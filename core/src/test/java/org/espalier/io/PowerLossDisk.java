package org.espalier.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A disk in memory that loses power after a number of calls.
 *
 * <p>Model: bytes written since the last force of their file, and directory entries changed since the last force of the
 * directory, are in doubt. After the failure any subset of the doubtful entry changes has reached the disk, and a file
 * with doubtful bytes is whole, empty, half, all zeros, or has a flipped bit. Whatever was forced is there.
 */
final class PowerLossDisk implements FileCalls {

    /** The power is gone. */
    static final class PowerLoss extends Error {
        private static final long serialVersionUID = 1L;

        PowerLoss() {
            super("the power is gone", null, false, false);
        }
    }

    private static final class Node {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private byte[] forced = new byte[0];
        private boolean inDoubt = true;
    }

    /** A change of entries that happens as a whole: the node that gets a name, and the name that goes. */
    private record Change(Path added, Node node, Path removed) {}

    private final Map<Path, Node> onDisk = new HashMap<>();
    private final List<Change> changesInDoubt = new ArrayList<>();
    private final Map<Path, Node> visible = new HashMap<>();
    private int callsLeft;

    PowerLossDisk(Path target, byte[] contents, int callsLeft) {
        var node = new Node();
        node.forced = contents;
        node.inDoubt = false;
        onDisk.put(target, node);
        visible.put(target, node);
        this.callsLeft = callsLeft;
    }

    private void call() {
        if (callsLeft == 0) {
            throw new PowerLoss();
        }
        callsLeft--;
    }

    private void change(Change change) {
        changesInDoubt.add(change);
        apply(change, visible);
    }

    private static void apply(Change change, Map<Path, Node> entries) {
        if (change.removed != null) {
            entries.remove(change.removed);
        }
        if (change.added != null) {
            entries.put(change.added, change.node);
        }
    }

    @Override
    public Handle create(Path path, Path like) throws IOException {
        call();
        if (visible.containsKey(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        var node = new Node();
        change(new Change(path, node, null));
        return new Handle() {
            @Override
            public void write(ByteBuffer bytes) {
                call();
                node.inDoubt = true;
                // A few bytes at a time, so that the power can fail between any two of them.
                for (int i = Math.min(7, bytes.remaining()); i > 0; i--) {
                    node.written.write(bytes.get());
                }
            }

            @Override
            public void force() {
                call();
                node.forced = node.written.toByteArray();
                node.inDoubt = false;
            }

            @Override
            public void close() {
                call();
            }
        };
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        call();
        if (!visible.containsKey(from)) {
            throw new NoSuchFileException(from.toString());
        }
        change(new Change(to, visible.get(from), from));
    }

    @Override
    public void forceDirectory(Path directory) {
        call();
        changesInDoubt.forEach(change -> apply(change, onDisk));
        changesInDoubt.clear();
    }

    @Override
    public void deleteIfExists(Path path) {
        call();
        change(new Change(null, null, path));
    }

    /** One of the states in which the file can be found after the failure; null if it is not there. */
    byte[] afterFailure(Path path, SplittableRandom random) {
        var found = new HashMap<>(onDisk);
        for (Change change : changesInDoubt) {
            if (random.nextBoolean()) {
                apply(change, found);
            }
        }
        Node node = found.get(path);
        if (node == null) {
            return null;
        }
        return node.inDoubt ? damaged(node, random) : node.forced;
    }

    private static byte[] damaged(Node node, SplittableRandom random) {
        byte[] bytes = node.written.toByteArray();
        switch (random.nextInt(5)) {
            case 0 -> bytes = new byte[0];
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
            case 2 -> bytes = new byte[bytes.length];
            case 3 -> {
                if (bytes.length > 0) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            default -> {
                // Whole, by luck.
            }
        }
        return bytes;
    }
}
