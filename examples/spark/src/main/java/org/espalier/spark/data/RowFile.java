package org.espalier.spark.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.espalier.io.FormatException;
import org.espalier.nn.data.Batch;
import org.espalier.nn.data.Dataset;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;

/**
 * Samples in a file of float32 rows, inputs and then the target, that is mapped into memory: the operating system reads
 * what is asked for and forgets what is not, so the file may be larger than the heap and than the machine's memory.
 * Rows are read in any order, so that training shuffles all of them as it does in memory.
 *
 * <p>The file is for one machine and one run: it has no header and no checksum. It must not change while it is read.
 */
public final class RowFile implements Dataset {
    private static final ValueLayout.OfFloat FLOATS =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment rows;
    private final int inputs;
    private final boolean classes;

    private RowFile(MemorySegment rows, int inputs, boolean classes) {
        this.rows = rows;
        this.inputs = inputs;
        this.classes = classes;
    }

    /**
     * Maps a file; the mapping goes when nothing refers to it any more.
     *
     * @param inputs how many inputs a row has
     * @param classes whether targets are class indices, [n], and not numbers, [n, 1]
     * @throws FormatException if the file does not consist of such rows
     */
    public static RowFile open(Path file, int inputs, boolean classes) throws IOException {
        try (var channel = FileChannel.open(file)) {
            if (channel.size() % (4L * (inputs + 1)) != 0) {
                throw new FormatException(file.toString(), "has " + channel.size() + " bytes, which is not a number of "
                        + "rows of " + (inputs + 1) + " floats");
            }
            return new RowFile(channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()), inputs, classes);
        }
    }

    @Override
    public int size() {
        return Math.toIntExact(rows.byteSize() / (4L * (inputs + 1)));
    }

    @Override
    public Batch batch(int... indices) {
        int size = size();
        var x = new float[indices.length * inputs];
        var y = new float[indices.length];
        for (int i = 0; i < indices.length; i++) {
            long at = 4L * (inputs + 1) * Objects.checkIndex(indices[i], size);
            MemorySegment.copy(rows, FLOATS, at, x, i * inputs, inputs);
            y[i] = rows.get(FLOATS, at + 4L * inputs);
        }
        return new Batch(
                Storage.adopt(Shape.of(indices.length, inputs), x),
                Storage.adopt(classes ? Shape.of(indices.length) : Shape.of(indices.length, 1), y));
    }

    /** Writes such a file, row by row; it is there when the writer is closed. */
    public static final class Writer implements AutoCloseable {
        private final Path file;
        private final Path unfinished;
        private final OutputStream out;
        private final ByteBuffer row;
        private final int inputs;

        /** Begins a file of rows with this many inputs. */
        public Writer(Path file, int inputs) throws IOException {
            this.file = file;
            this.unfinished = file.resolveSibling(file.getFileName() + ".part");
            this.out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16);
            this.row = ByteBuffer.allocate(4 * (inputs + 1)).order(ByteOrder.LITTLE_ENDIAN);
            this.inputs = inputs;
        }

        /** Adds a row. */
        public void add(float[] x, float target) throws IOException {
            row.clear();
            for (int i = 0; i < inputs; i++) {
                row.putFloat(x[i]);
            }
            out.write(row.putFloat(target).array());
        }

        /** Finishes the file. */
        @Override
        public void close() throws IOException {
            out.close();
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
