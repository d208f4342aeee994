package org.espalier.prune.criterion;

import java.util.List;
import java.util.Optional;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Batch;
import org.espalier.nn.loss.Loss;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.tensor.Tensor;

/** A 3×3 layer and calibration data whose gradients can be worked out by hand. */
final class Cases {
    /** The loss is the sum of the outputs, so the gradient of w[i][j] is the sum of input j over the batch. */
    static final Loss SUM = (output, target) -> output.sum();

    /** The loss is Σ (w[i]·x)²: the gradient of row i is 2(w[i]·x)·x, the second derivative 2·x·xᵀ. */
    static final Loss SQUARES = (output, target) -> output.square().sum();

    private Cases() {}

    static Linear layer(float... weights) {
        return Linear.of(
                Tensor.matrix(
                        new float[] {weights[0], weights[1], weights[2]},
                        new float[] {weights[3], weights[4], weights[5]},
                        new float[] {weights[6], weights[7], weights[8]}),
                Tensor.vector(0, 0, 0));
    }

    /** Batches of one example each. */
    static Calibration examples(float[]... inputs) {
        return new Calibration(
                List.of(inputs).stream()
                        .map(row -> new Batch(Tensor.matrix(row), Tensor.matrix(row)))
                        .toList(),
                SUM);
    }

    /** One example, with the loss of squares. */
    static Calibration squares(float... input) {
        return Calibration.of(Tensor.matrix(input), Tensor.matrix(input), SQUARES);
    }

    static void mask(Linear layer, int... removed) {
        layer.weight().assignMask(Mask.of(
                layer.weight().shape(), i -> java.util.Arrays.stream(removed).noneMatch(r -> r == i)));
    }

    static double[] scores(Criterion criterion, Linear layer, Calibration data, SparsityPattern pattern) {
        var model = Sequential.of(layer);
        Optional<Mask> mask = layer.weight().mask();
        return criterion.score(ScoringContext.of(model, data))
                .get("fc1.weight")
                .of(pattern.units(layer.weight().shape(), mask));
    }

    static double[] neurons(Criterion criterion, Linear layer, Calibration data) {
        return scores(criterion, layer, data, SparsityPattern.neurons());
    }

    static double[] neurons(Criterion criterion, Linear layer) {
        return neurons(criterion, layer, Calibration.none());
    }

    static double[] weights(Criterion criterion, Linear layer, Calibration data) {
        return scores(criterion, layer, data, SparsityPattern.weights());
    }
}
