package org.espalier.nn.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The steps that a model becomes, collected layer by layer: each layer adds what it does to the rows that the layer
 * before it gives. A linear layer, the affine map after it and the function of each number after that become one step.
 *
 * <p>A sample is a row of numbers; layers with more axes see it as a tensor of {@link #shape}, whose innermost axis is
 * the vector that most of them work on.
 */
public final class Steps {
    private final LinearFormat format;
    private final String path;
    private final Line line;

    /** What is collected so far, shared by the views of all layers that stand in one line. */
    private static final class Line {
        private final int in;
        private final List<Step> steps = new ArrayList<>();
        private int[] shape;
        private Linear pending;
        private float threshold;

        Line(int[] shape) {
            this.shape = shape;
            this.in = GraphStep.size(shape);
        }
    }

    /** A linear layer that can still take in what follows it. */
    private static final class Linear {
        private final String path;
        private final int count;
        private Tensor weight;
        private Tensor bias;
        private Pointwise activation;

        Linear(String path, int count, Tensor weight, Tensor bias) {
            this.path = path;
            this.count = count;
            this.weight = weight;
            this.bias = bias;
        }
    }

    private Steps(LinearFormat format, String path, Line line) {
        this.format = format;
        this.path = path;
        this.line = line;
    }

    /** No steps yet, for samples of this shape, the batch axis left out: {@code 784}, or {@code 28, 28}. */
    public static Steps of(LinearFormat format, int... shape) {
        return new Steps(format, "", new Line(shape.clone()));
    }

    /** Steps of their own, for the shape that another has. */
    static Steps from(Steps other, int... shape) {
        return new Steps(other.format, other.path, new Line(shape));
    }

    /** The same steps, seen by the layer of this full name. */
    public Steps at(String layer) {
        return new Steps(format, layer, line);
    }

    /** The full name of the layer that adds steps. */
    public String path() {
        return path;
    }

    /** The shape of a sample at this point. */
    public int[] shape() {
        return line.shape.clone();
    }

    /** The length of the innermost axis of {@link #shape}. */
    public int width() {
        return line.shape[line.shape.length - 1];
    }

    /** The output, for one number, that lies between yes and no: 0, or what the last function makes of 0. */
    public float threshold() {
        return line.threshold;
    }

    /**
     * Adds a fully connected layer over the innermost axis.
     *
     * @param weight [out, in]
     * @param bias [out]
     * @throws ShapeException if the vectors have another length than in
     */
    public void linear(Tensor weight, Tensor bias) {
        requireWidth(weight.dim(1));
        flush();
        line.pending = new Linear(path, vectors(), weight, bias);
        resize(weight.dim(0));
    }

    /** Adds a function of each number. */
    public void pointwise(Pointwise function) {
        float threshold = line.threshold;
        if (line.pending != null && line.pending.activation == null) {
            line.pending.activation = function;
            threshold = 0;
        } else {
            samples(new PointwiseStep(function, GraphStep.size(line.shape)), line.shape);
        }
        var value = new float[1];
        function.apply(new float[] {threshold}, 0, value, 0, 1);
        line.threshold = value[0];
    }

    /**
     * Adds the map scale·(x − center) + shift of each feature. Right after a linear layer it becomes part of that, in
     * double precision: values change by a rounding of each weight.
     *
     * @param alone the step that computes it elsewhere, to the bits of the layer
     * @throws ShapeException if the vectors have another length
     */
    public void affine(double[] center, double[] scale, double[] shift, Step alone) {
        requireWidth(center.length);
        if (line.pending == null || line.pending.activation != null) {
            rows(alone);
            return;
        }
        int in = line.pending.weight.dim(1);
        float[] weight = line.pending.weight.toArray();
        float[] bias = line.pending.bias.toArray();
        for (int i = 0; i < bias.length; i++) {
            for (int j = i * in; j < (i + 1) * in; j++) {
                // + 0 makes −0 of a pruned weight times a negative scale +0 again
                weight[j] = (float) (scale[i] * weight[j]) + 0f;
            }
            bias[i] = (float) (scale[i] * (bias[i] - center[i]) + shift[i]);
        }
        line.pending.weight = Storage.adopt(line.pending.weight.shape(), weight);
        line.pending.bias = Storage.adopt(line.pending.bias.shape(), bias);
    }

    /** Adds a step over the innermost axis; throws {@link ShapeException} if its vectors have another length. */
    public void rows(Step step) {
        requireWidth(step.in());
        flush();
        int count = vectors();
        line.steps.add(count == 1 ? step : new EachStep(step, count));
        resize(step.out());
    }

    /** Adds a step over whole samples, which have this shape from then on. */
    public void samples(Step step, int... shape) {
        if (step.in() != GraphStep.size(line.shape) || step.out() != GraphStep.size(shape)) {
            throw new ShapeException("inference: " + place() + " takes rows of " + step.in() + " and gives "
                    + step.out() + ", but stands between " + Arrays.toString(line.shape) + " and "
                    + Arrays.toString(shape));
        }
        flush();
        line.steps.add(step);
        line.shape = shape.clone();
        line.threshold = 0;
    }

    /** Makes one axis of the sample's axes, which changes no number. */
    public void flatten() {
        if (line.shape.length > 1) {
            flush();
            line.shape = new int[] {GraphStep.size(line.shape)};
        }
    }

    /** Begins a graph whose input is the value at this point. */
    public GraphSteps graph() {
        flush();
        return new GraphSteps(this);
    }

    /** The steps as one. */
    public Step build() {
        flush();
        return Chain.of(line.in, line.steps);
    }

    /** Whether nothing was added, so that the value is the input. */
    boolean isEmpty() {
        return line.steps.isEmpty() && line.pending == null;
    }

    /** Gives the sample another shape of the same size. */
    void reshape(int... shape) {
        flush();
        line.shape = shape.clone();
    }

    void setThreshold(float threshold) {
        line.threshold = threshold;
    }

    /** Throws {@link ShapeException} if the vectors at this point have another length. */
    public void requireWidth(int needed) {
        if (width() != needed) {
            throw new ShapeException("inference: " + place() + " takes rows of " + needed + " but is given " + width());
        }
    }

    private String place() {
        return path.isEmpty() ? "the model" : path;
    }

    private void flush() {
        if (line.pending != null) {
            var linear = line.pending;
            var step = format.step(new LinearFormat.Weights(
                    linear.path, linear.weight, linear.bias, Optional.ofNullable(linear.activation)));
            line.steps.add(linear.count == 1 ? step : new EachStep(step, linear.count));
            line.pending = null;
        }
    }

    private void resize(int width) {
        line.shape = line.shape.clone();
        line.shape[line.shape.length - 1] = width;
        line.threshold = 0;
    }

    private int vectors() {
        int count = 1;
        for (int axis = 0; axis < line.shape.length - 1; axis++) {
            count *= line.shape[axis];
        }
        return count;
    }
}
