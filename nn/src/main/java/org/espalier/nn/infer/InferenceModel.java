package org.espalier.nn.infer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.espalier.io.FormatException;
import org.espalier.io.SaveException;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.model.ModelFile;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A finished model, ready to predict: immutable and safe to share between threads. Later changes to the model it was
 * made of do not show. Dropout is left out, batch norm folded into the linear layer before it, activations joined to
 * the linear layers they follow.
 *
 * <p>A row's result has the same bits alone and in any batch, on one thread and on many; without batch norm they are
 * the bits of {@link Layer#forward(Tensor)}. Inputs of a dense layer that are zero, as a rectifier leaves many, cost
 * nothing where leaving them out pays. Made of {@code Sequential}, {@code Linear}, activations, norms,
 * {@code Residual}, {@code Concat}, {@code FeatureSelect}; {@code Flatten} is understood as rows being rows.
 */
public final class InferenceModel {
    /** Rows that go through all steps together: their intermediate results stay in the cache. */
    private static final int BLOCK = 128;

    /** The rows of a thread's share are a multiple of this: what kernels take samples in. */
    private static final int SHARE = 16;

    /** Bytes of weights, times rows, below which a share is too small: some 40 µs. */
    private static final long WORTH_SHARING = 6_000_000;

    private final Layer layers;
    private final Step steps;
    private final Queue<Workspace> idle = new ConcurrentLinkedQueue<>();

    private InferenceModel(Layer layers, LinearFormat format) {
        this.layers = layers;
        this.steps = Compiler.compile(layers, format);
    }

    /**
     * A model with dense weights.
     *
     * @throws IllegalArgumentException if it has a layer that is not supported, or none that says how wide an input is
     * @throws ShapeException if a layer does not fit the one before it
     */
    public static InferenceModel of(Layer model) {
        return of(model, LinearFormat.dense());
    }

    /** A model whose linear layers are held as {@code format} says; throws as {@link #of(Layer)}. */
    public static InferenceModel of(Layer model, LinearFormat format) {
        return new InferenceModel(Folding.fold(Layers.copy(model)), format);
    }

    /**
     * Reads a model from a {@link ModelFile}.
     *
     * @throws FormatException if the file is damaged or describes no model
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if the model has a layer that is not supported
     */
    public static InferenceModel load(Path path) throws IOException {
        var file = ModelFile.read(path);
        return new InferenceModel(Folding.fold(file.model()), LinearFormat.packed(file.packed()));
    }

    /** The model of a file; its sparse weights are computed with as packed there. Throws as {@link #of(Layer)}. */
    public static InferenceModel of(ModelFile file) {
        return of(file.model(), LinearFormat.packed(file.packed()));
    }

    /**
     * Writes the folded layers as a {@link ModelFile}; what is loaded from it predicts the same bits.
     *
     * @throws SaveException if it cannot be written; it says which contents the file has
     * @throws IOException if the path is no file name
     */
    public void save(Path path) throws IOException {
        ModelFile.of(layers).write(path);
    }

    /** Numbers in an input row. */
    public int in() {
        return steps.in();
    }

    /** Numbers in an output row. */
    public int out() {
        return steps.out();
    }

    /** The bytes that the weights take in the form they are computed with. */
    public long bytes() {
        return steps.bytes();
    }

    /**
     * The outputs [rows, out] of a batch [rows, in], or of any shape with as many numbers per row. Uses the threads of
     * {@link Parallelism#current()}.
     *
     * @throws ShapeException if a row has another length
     */
    public Tensor predict(Tensor x) {
        int rows = x.rank() < 2 ? 0 : x.dim(0);
        if (x.rank() < 2 || x.size() != (long) rows * in()) {
            throw new ShapeException("inference: needs [rows, " + in() + "], not " + x.shape());
        }
        var y = new float[Shape.of(rows, out()).size()];
        int share = Math.clamp(WORTH_SHARING / Math.max(1, bytes()), SHARE, BLOCK) & -SHARE;
        Parallelism.current().forRanges(rows, share, (from, to) -> run(Storage.array(x), from, to, y));
        return Storage.adopt(Shape.of(rows, out()), y);
    }

    /**
     * The outputs of rows in an array of the caller's, without allocating once the workspace is warm.
     *
     * @param x the inputs, row-major, {@code rows} · in numbers or more
     * @param y another array, for {@code rows} · out numbers
     * @param workspace the calling thread's own
     * @throws ShapeException if an array is too short
     */
    public void predict(float[] x, int rows, float[] y, Workspace workspace) {
        if (rows < 0 || x.length < (long) rows * in() || y.length < (long) rows * out()) {
            throw new ShapeException("inference: " + rows + " rows need " + in() + " and " + out()
                    + " numbers each, not arrays of " + x.length + " and " + y.length);
        }
        run(x, 0, rows, y, workspace);
    }

    /** The output of one row; throws {@link ShapeException} if it has another length than {@link #in}. */
    public float[] predict(float... row) {
        if (row.length != in()) {
            throw new ShapeException("inference: a row has " + in() + " numbers, not " + row.length);
        }
        var y = new float[out()];
        run(row, 0, 1, y);
        return y;
    }

    /**
     * The class of one row: the index of its largest output, the first of equal ones.
     *
     * @throws ShapeException if the row has another length than {@link #in}
     * @throws IllegalArgumentException if an output is NaN
     */
    public int classify(float... row) {
        return Tensor.vector(predict(row)).argmax()[0];
    }

    /** The classes of a batch, as {@link #predict(Tensor)} takes it; throws as {@link #classify(float...)}. */
    public int[] classify(Tensor x) {
        return predict(x).argmax();
    }

    private void run(float[] x, int from, int to, float[] y) {
        var idleOne = idle.poll();
        var workspace = idleOne == null ? new Workspace() : idleOne;
        run(x, from, to, y, workspace);
        idle.add(workspace);
    }

    private void run(float[] x, int from, int to, float[] y, Workspace workspace) {
        workspace.reset();
        for (int row = from; row < to; row += BLOCK) {
            steps.apply(x, row * in(), Math.min(BLOCK, to - row), y, row * out(), workspace);
        }
    }

    /** The steps, for example {@code InferenceModel[dense(784 → 300, RELU), dense(300 → 10, NONE)]}. */
    @Override
    public String toString() {
        return "InferenceModel" + steps;
    }
}
