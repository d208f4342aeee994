package org.espalier.nn;

import java.util.List;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Normalizes each feature of [batch, features]: (x − mean) / √(variance + ε)·weight + bias (Ioffe and Szegedy 2015,
 * arXiv 1502.03167).
 *
 * <p>A training pass takes mean and variance over the batch, the variance divided by the batch size n, and moves the
 * running statistics towards them: running ← (1 − momentum)·running + momentum·batch, there with the variance divided
 * by n − 1, as PyTorch does. So a batch of one row has no variance to learn from and is an error. Inference uses the
 * running statistics, which start at 0 and 1; a row's result does not depend on the other rows.
 *
 * <p>Training passes change the running statistics: passes that overlap in time leave them in an order that depends on
 * the threads.
 */
public final class BatchNorm1d implements Layer {
    /** The ε that is used unless another is given. */
    public static final float EPSILON = 1e-5f;

    /** The momentum that is used unless another is given. */
    public static final float MOMENTUM = 0.1f;

    private final Parameter weight;
    private final Parameter bias;
    private final Parameter runningMean;
    private final Parameter runningVariance;
    private final float epsilon;
    private final float momentum;

    private BatchNorm1d(List<Parameter> own, float epsilon, float momentum) {
        if (!(epsilon >= 0 && epsilon < Float.POSITIVE_INFINITY) || !(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException("batch norm: needs a finite epsilon >= 0 and a momentum in [0, 1]: "
                    + epsilon + " and " + momentum);
        }
        this.weight = own.get(0);
        this.bias = own.get(1);
        this.runningMean = own.get(2);
        this.runningVariance = own.get(3);
        this.epsilon = epsilon;
        this.momentum = momentum;
    }

    /** A layer for rows of {@code features} elements. */
    public static BatchNorm1d of(int features) {
        return of(features, EPSILON, MOMENTUM);
    }

    /**
     * A layer with other settings.
     *
     * @param epsilon what is added to the variance
     * @param momentum the fraction of each batch in the running statistics
     * @throws IllegalArgumentException if epsilon is negative or not finite, or momentum not in [0, 1]
     */
    public static BatchNorm1d of(int features, float epsilon, float momentum) {
        var zeros = Tensor.zeros(Shape.of(features));
        var ones = Tensor.full(Shape.of(features), 1);
        var own = List.of(
                Parameter.of("weight", ones),
                Parameter.of("bias", zeros),
                Parameter.buffer("running_mean", zeros),
                Parameter.buffer("running_var", ones));
        return new BatchNorm1d(own, epsilon, momentum);
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() != 2 || x.dim(1) != features()) {
            throw new ShapeException("batch norm: needs [batch, " + features() + "], not " + x.shape());
        }
        return (mode.isTraining() ? byBatch(x) : byRunningStatistics(x)).times(weight.value()).plus(bias.value());
    }

    private Tensor byBatch(Tensor x) {
        int rows = x.dim(0);
        if (rows < 2) {
            throw new ShapeException("batch norm: a training batch needs at least 2 rows, not " + x.shape()
                    + "; drop a last batch of one");
        }
        NoGrad.run(() -> {
            follow(runningMean, x.mean(0));
            follow(runningVariance, x.variance(1, false, 0));
        });
        return x.normalize(epsilon, 0);
    }

    private Tensor byRunningStatistics(Tensor x) {
        return x.minus(runningMean.value()).div(runningVariance.value().plus(epsilon).sqrt());
    }

    private void follow(Parameter running, Tensor batch) {
        running.assign(running.value().times(1 - momentum).plus(batch.times(momentum)));
    }

    /** The length of a row. */
    public int features() {
        return weight.size();
    }

    /** What is added to the variance. */
    public float epsilon() {
        return epsilon;
    }

    /** The fraction of each batch in the running statistics. */
    public float momentum() {
        return momentum;
    }

    /** The scale of each feature, [features]. */
    public Parameter weight() {
        return weight;
    }

    /** The shift of each feature, [features]. */
    public Parameter bias() {
        return bias;
    }

    /** The mean that inference subtracts, [features]. */
    public Parameter runningMean() {
        return runningMean;
    }

    /** The variance that inference divides by the root of, [features]. */
    public Parameter runningVariance() {
        return runningVariance;
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(weight, bias, runningMean, runningVariance);
    }

    @Override
    public Dependency dependency() {
        return new Dependency.Elementwise(ownParameters(), Optional.of(weight));
    }

    /** In inference it is an affine map of each feature, which becomes part of a linear layer right before it. */
    @Override
    public void compile(Steps steps) {
        if (steps.shape().length != 1) {
            throw new ShapeException("inference: " + steps.path() + ", a batch norm, needs rows without more axes");
        }
        int n = features();
        float[] mean = Storage.array(runningMean.value());
        float[] variance = Storage.array(runningVariance.value());
        float[] factor = Storage.array(weight.value());
        float[] added = Storage.array(bias.value());
        var center = new double[n];
        var scale = new double[n];
        var shift = new double[n];
        var deviation = new float[n];
        for (int i = 0; i < n; i++) {
            center[i] = mean[i];
            scale[i] = factor[i] / Math.sqrt((double) variance[i] + epsilon);
            shift[i] = added[i];
            deviation[i] = (float) Math.sqrt(variance[i] + epsilon);
        }
        steps.affine(center, scale, shift, new Normalize(mean, deviation, factor, added));
    }

    /** The same bits as the layer's. */
    private record Normalize(float[] mean, float[] deviation, float[] weight, float[] bias) implements Step {
        @Override
        public int in() {
            return mean.length;
        }

        @Override
        public int out() {
            return mean.length;
        }

        @Override
        public long bytes() {
            return 16L * mean.length;
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            int n = mean.length;
            for (int row = 0; row < rows; row++) {
                int from = xo + row * n;
                int to = yo + row * n;
                for (int i = 0; i < n; i++) {
                    y[to + i] = (x[from + i] - mean[i]) / deviation[i] * weight[i] + bias[i];
                }
            }
        }

        @Override
        public String toString() {
            return "batch norm(" + in() + ")";
        }
    }

    @Override
    public String shortName() {
        return "bn";
    }

    @Override
    public LayerConfig narrowed(int[] inputs, int[] outputs) {
        return config(outputs.length);
    }

    @Override
    public LayerConfig config() {
        return config(features());
    }

    private LayerConfig config(int features) {
        return LayerConfig.of("batch_norm_1d")
                .with("features", features)
                .with("epsilon", epsilon)
                .with("momentum", momentum);
    }

    static BatchNorm1d build(Blueprint plan) throws FormatException {
        int features = plan.size("features");
        var own = List.of(
                plan.parameter("weight", features),
                plan.parameter("bias", features),
                plan.buffer("running_mean", features),
                plan.buffer("running_var", features));
        return new BatchNorm1d(own, plan.number("epsilon"), plan.number("momentum"));
    }

    /** For example {@code BatchNorm1d(300)}. */
    @Override
    public String toString() {
        return "BatchNorm1d(" + features() + ")";
    }
}
