package org.espalier.nn.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.espalier.io.DType;
import org.espalier.io.Idx;
import org.espalier.io.RawTensor;
import org.espalier.nn.Labels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;

/**
 * Images of unsigned bytes with class labels, as MNIST and its relatives come. The bytes stay bytes in memory; a batch
 * holds them as floats in [0, 1], each a byte / 255. Inputs are [n, height, width], or whatever the file says; use
 * {@link Transform#flatten} for layers that want rows.
 */
public final class IdxDataset implements Dataset {
    private static final float WHITE = 255;

    private final Shape shape;
    private final int width;
    private final ByteBuffer pixels;
    private final int[] labels;

    private IdxDataset(RawTensor images, RawTensor labels) {
        if (images.dtype() != DType.U8 || images.shape().rank() < 2) {
            throw new ShapeException("IDX images: need unsigned bytes [n, …], not " + images);
        }
        if (!labels.dtype().isInteger() || !labels.shape().equals(Shape.of(images.shape().dim(0)))) {
            String hint = labels.shape().rank() == 2 ? "; choose a column with labels.column(0)" : "";
            throw new ShapeException("IDX labels: need integers [" + images.shape().dim(0) + "], not " + labels + hint);
        }
        this.shape = images.shape();
        this.width = shape.dim(0) == 0 ? 0 : shape.size() / shape.dim(0);
        this.pixels = images.bytes();
        this.labels = labels.toInts();
    }

    /**
     * From arrays that {@link Idx} has read.
     *
     * @param labels [n] or [n, 1]; of a file with more columns, such as QMNIST's, the one of the classes is
     *     {@code labels.column(0)}
     * @throws ShapeException if the images are not bytes [n, …], or the labels not n integers
     */
    public static IdxDataset of(RawTensor images, RawTensor labels) {
        boolean one = labels.shape().rank() == 2 && labels.shape().dim(1) == 1;
        return new IdxDataset(images, one ? labels.column(0) : labels);
    }

    /**
     * From two files, plain or gzip.
     *
     * @throws IOException if a file cannot be read or is not an IDX file
     * @throws ShapeException if they do not belong together
     */
    public static IdxDataset read(Path images, Path labels) throws IOException {
        return of(Idx.read(images), Idx.read(labels));
    }

    /** The labels, one per sample; a copy. */
    public int[] labels() {
        return labels.clone();
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public Batch batch(int... indices) {
        var inputs = new float[indices.length * width];
        var classes = new int[indices.length];
        var row = new byte[width];
        for (int i = 0; i < indices.length; i++) {
            int index = Objects.checkIndex(indices[i], labels.length);
            classes[i] = labels[index];
            pixels.get(index * width, row);
            for (int j = 0; j < width; j++) {
                inputs[i * width + j] = Byte.toUnsignedInt(row[j]) / WHITE;
            }
        }
        return new Batch(Storage.adopt(RowIndices.withRows(shape, indices.length), inputs), Labels.of(classes));
    }
}
