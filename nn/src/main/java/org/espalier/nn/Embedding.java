package org.espalier.nn;

import java.util.Arrays;
import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A table of vectors, looked up by index: indices of shape [...], as {@link Labels} holds them, become [..., width].
 * The weight is [entries, width] and starts random ({@link Parameter#drawn}).
 */
public final class Embedding implements Layer {
    private final Parameter weight;

    private Embedding(Parameter weight) {
        if (weight.shape().rank() != 2) {
            throw new ShapeException("embedding: needs a weight [entries, width], not " + weight.shape());
        }
        this.weight = weight;
    }

    /** A table of {@code entries} vectors of {@code width} elements. */
    public static Embedding of(int entries, int width) {
        return new Embedding(Parameter.drawn("weight", Shape.of(entries, width)));
    }

    /** A table with a given weight [entries, width]. */
    public static Embedding of(Tensor weight) {
        return new Embedding(Parameter.of("weight", weight));
    }

    /** Looks up; throws {@link ShapeException} for an element that is not an integer in [0, entries). */
    @Override
    public Tensor forward(Tensor x, Mode mode) {
        int[] dims = Arrays.copyOf(x.shape().dims(), x.rank() + 1);
        dims[x.rank()] = width();
        return weight.value().gather(0, Labels.toArray(x, "embedding", entries())).reshape(Shape.of(dims));
    }

    /** The table, [entries, width]. */
    public Parameter weight() {
        return weight;
    }

    /** How many vectors there are. */
    public int entries() {
        return weight.shape().dim(0);
    }

    /** How long a vector is. */
    public int width() {
        return weight.shape().dim(1);
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(weight);
    }

    @Override
    public Dependency dependency() {
        return new Dependency.Table(weight);
    }

    @Override
    public void compile(Steps steps) {
        int[] shape = steps.shape();
        int count = 1;
        for (int dim : shape) {
            count *= dim;
        }
        int[] wider = Arrays.copyOf(shape, shape.length + 1);
        wider[shape.length] = width();
        steps.samples(new LookUp(count, entries(), width(), Storage.array(weight.value())), wider);
    }

    private record LookUp(int in, int entries, int width, float[] table) implements Step {
        @Override
        public int out() {
            return in * width;
        }

        @Override
        public long bytes() {
            return 4L * table.length;
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            for (int i = 0; i < rows * in; i++) {
                int index = Labels.index(x[xo + i], "embedding", entries);
                System.arraycopy(table, index * width, y, yo + i * width, width);
            }
        }

        @Override
        public String toString() {
            return "look up(" + entries + " → " + width + ")";
        }
    }

    @Override
    public LayerConfig narrowed(int[] inputs, int[] outputs) {
        return config().with("width", outputs.length);
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("embedding").with("entries", entries()).with("width", width());
    }

    static Embedding build(Blueprint plan) throws FormatException {
        return new Embedding(plan.parameter("weight", plan.size("entries"), plan.size("width")));
    }

    /** For example {@code Embedding(1000 → 16)}. */
    @Override
    public String toString() {
        return "Embedding(" + entries() + " → " + width() + ")";
    }
}
