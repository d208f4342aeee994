package org.espalier.nn.infer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.SaveException;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Layers;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.step.LinearFormat;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
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
 * {@snippet :
 * import org.espalier.nn.*;
 * import org.espalier.nn.model.ModelFile;
 * Path file = Files.createTempFile("model", ".safetensors");
 * ModelFile.of(Sequential.of(Linear.of(4, 16), Activation.relu(), Linear.of(16, 3))).write(file);
 *
 * InferenceModel model = InferenceModel.load(file); // one for all threads
 * float[] logits = model.predict(5.1f, 3.5f, 1.4f, 0.2f);
 * int label = model.classify(5.1f, 3.5f, 1.4f, 0.2f);
 * }
 *
 * <p>A row's result has the same bits alone and in any batch, on one thread and on many; without batch norm they are
 * the bits of {@link Layer#forward(Tensor)}. Inputs of a dense layer that are zero, as ReLU leaves many, cost nothing
 * where leaving them out pays.
 *
 * <p>Every model is served that computes rows, or flattens samples of two axes at some point: those are rows here, the
 * vectors of a sample one after the other. A layer that brings no step of its own runs its forward pass; if it does
 * not say how it is copied either, it is shared with the model, and changes to its parameters show.
 */
public final class InferenceModel {
    /** The key of a model file's metadata under which a table of formats stands, as JSON. */
    public static final String FORMATS = "formats";

    /** The key of a model file's metadata under which the names of the classes stand, as a JSON array of strings. */
    public static final String CLASSES = "classes";

    /** Rows that go through all steps together: their intermediate results stay in the cache. */
    private static final int BLOCK = 128;

    /** The rows of a thread's share are a multiple of this: what kernels take samples in. */
    private static final int SHARE = 16;

    /** Bytes of weights, times rows, below which a share is too small: some 40 µs. */
    private static final long WORTH_SHARING = 6_000_000;

    private final Layer layers;
    private final Step steps;
    private final float threshold;
    private final List<String> classes;
    private final Queue<Workspace> idle = new ConcurrentLinkedQueue<>();

    private InferenceModel(Layer layers, LinearFormat format, List<String> classes) {
        var compiled = Steps.of(format, SampleShape.of(layers));
        layers.compile(compiled);
        this.layers = layers;
        this.steps = compiled.build();
        this.threshold = compiled.threshold();
        this.classes = classes;
        if (!classes.isEmpty() && classes.size() != Math.max(2, out())) {
            throw new IllegalArgumentException(
                    "inference: " + classes.size() + " names of classes for " + out() + " outputs");
        }
    }

    /**
     * A model with dense weights.
     *
     * @throws IllegalArgumentException if no layer says how wide an input is
     * @throws ShapeException if a layer does not fit the one before it
     */
    public static InferenceModel of(Layer model) {
        return of(model, LinearFormat.dense());
    }

    /** A model whose linear layers are held as {@code format} says; throws as {@link #of(Layer)}. */
    public static InferenceModel of(Layer model, LinearFormat format) {
        return new InferenceModel(snapshot(model), format, List.of());
    }

    /** A copy; a layer that cannot be copied is shared. */
    private static Layer snapshot(Layer model) {
        return Layers.rebuild(model, (path, layer, plan) -> {
            try {
                return layer.rebuilt(plan);
            } catch (UnsupportedOperationException e) {
                return layer;
            }
        });
    }

    /** The model of a file, computed as {@link #load(Path)} says; throws as {@link #of(Layer)}. */
    public static InferenceModel of(ModelFile file) throws FormatException {
        return new InferenceModel(snapshot(file.model()), formats(file), classes(file));
    }

    /** The model of a file that is not used otherwise. */
    private static InferenceModel take(ModelFile file) throws FormatException {
        var model = new InferenceModel(file.model(), formats(file), classes(file));
        if (file.verification().isPresent()) {
            verify(file, model);
        }
        return model;
    }

    private static void verify(ModelFile file, InferenceModel model) throws FormatException {
        Tensor outputs;
        try {
            outputs = model.predict(file.verification().get().inputs());
        } catch (IllegalArgumentException e) {
            throw new FormatException("model file", FormatException.NO_OFFSET,
                    "the model does not take its verification rows: " + e.getMessage(), e);
        }
        file.check(outputs);
    }

    /**
     * Reads a model from a {@link ModelFile}. Linear layers are held in the formats that a table in the file names,
     * which {@code Deploy} of the pruner measures; without one, sparse weights are computed with as packed there. If
     * the file has verification rows, this model must give for them what the saved one gave.
     *
     * @throws FormatException if the file is damaged or describes no model
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if no layer says how wide an input is
     */
    public static InferenceModel load(Path path) throws IOException {
        return load(path, LayerKinds.standard());
    }

    /** As {@link #load(Path)}, with layers of other kinds too. */
    public static InferenceModel load(Path path, LayerKinds kinds) throws IOException {
        return take(ModelFile.readUnverified(path, kinds));
    }

    /** As {@link #load(Path)}, from a file in memory. */
    public static InferenceModel load(byte[] file) throws FormatException {
        return take(ModelFile.readUnverified(file, LayerKinds.standard()));
    }

    /** As {@link #load(Path)}, from a stream, such as a resource; reads it to its end and does not close it. */
    public static InferenceModel load(InputStream stream) throws IOException {
        return load(stream.readAllBytes());
    }

    /** As a table in the file says; for layers that it does not name, as the weights are packed in the file. */
    private static LinearFormat formats(ModelFile file) throws FormatException {
        var packed = LinearFormat.packed(file.packed());
        var text = file.metadata().get(FORMATS);
        if (text == null) {
            return packed;
        }
        if (!(Json.parse(text) instanceof Json.Obj table)) {
            throw new FormatException("format table", "is not a JSON object");
        }
        return FormatTable.of(table).orElse(packed);
    }

    private static List<String> classes(ModelFile file) throws FormatException {
        var text = file.metadata().get(CLASSES);
        var names = new ArrayList<String>();
        if (text != null) {
            if (!(Json.parse(text) instanceof Json.Arr array)) {
                throw new FormatException("classes", "is not a JSON array");
            }
            for (var item : array.items()) {
                if (!(item instanceof Json.Str(String name))) {
                    throw new FormatException("classes", item.compact() + " is not a string");
                }
                names.add(name);
            }
        }
        return Collections.unmodifiableList(names);
    }

    /**
     * Writes the layers as a {@link ModelFile}; what is loaded from it predicts the same bits.
     *
     * @throws SaveException if it cannot be written; it says which contents the file has
     * @throws IOException if the path is no file name
     * @throws UnsupportedOperationException if a layer has no {@link Layer#config()}
     */
    public void save(Path path) throws IOException {
        ModelFile.of(layers).write(path);
    }

    /** The names of the classes, by index; empty if the file had none. */
    public List<String> classes() {
        return classes;
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
            throw new ShapeException("inference: needs [rows, " + in() + "], not " + x.shape()
                    + (x.rank() > 2 && x.dim(-1) == in() ? "; reshape it to rows" : ""));
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
     * The class of one row. With several outputs, the index of the largest, the first of equal ones. With one output, 1
     * if it is above the threshold, else 0: above 0 for a logit, as {@code BinaryCrossEntropy} trains it, above ½ after
     * a sigmoid.
     *
     * @throws ShapeException if the row has another length than {@link #in}
     * @throws IllegalArgumentException if an output is NaN
     */
    public int classify(float... row) {
        return classOf(predict(row), 0);
    }

    /** The classes of a batch, as {@link #predict(Tensor)} takes it; throws as {@link #classify(float...)}. */
    public int[] classify(Tensor x) {
        float[] y = Storage.array(predict(x));
        var classes = new int[x.dim(0)];
        for (int row = 0; row < classes.length; row++) {
            classes[row] = classOf(y, row * out());
        }
        return classes;
    }

    private int classOf(float[] y, int from) {
        int best = from;
        for (int i = from; i < from + out(); i++) {
            if (Float.isNaN(y[i])) {
                throw new IllegalArgumentException("inference: output " + (i - from) + " is NaN, which has no class");
            }
            best = y[i] > y[best] ? i : best;
        }
        if (out() == 1) {
            return y[from] > threshold ? 1 : 0;
        }
        return best - from;
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
