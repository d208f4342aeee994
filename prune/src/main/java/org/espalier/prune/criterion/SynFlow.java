package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.nn.Dependency;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Mode;
import org.espalier.prune.notation.Notation;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Synaptic flow: Σ|θ·∂R/∂θ| over the unit, where R is the sum of the outputs of a copy of the model with |θ| for every
 * weight, for one input of ones. It needs no data. Masks are active; biases and running means are left out and running
 * variances are 1, so that a batch norm is no more than its scale, as it is when the network is new.
 *
 * <p>In one step it collapses layers like other scores. It has to be run in rounds, 100 as published, the density after
 * round k being ρ^(k/100): a global pruner with the exponential schedule of 100 steps, run by
 * {@code Pruner.applyIteratively} or by a pipeline stage without retraining between steps. What flows into a layer
 * flows out of it, so a layer that gets thin gets high scores and is left alone in the next round. R multiplies the
 * widths of all layers: if it leaves the range of single precision that is an error, not an infinite score. Activation
 * functions are applied as they are; the derivation holds for those that scale with their input, such as ReLU.
 * Reference: Tanaka, Kunin, Yamins and Ganguli, NeurIPS 2020 (arXiv 2006.05467), equation 2 and algorithm 1.
 */
@Notation("synflow")
public record SynFlow() implements Criterion {
    @Override
    public Map<String, Scores> score(ScoringContext context) {
        var model = positive(context.model());
        var flow = model.forward(ones(context), Mode.inference()).sum();
        float r = flow.item();
        if (!(r < Float.POSITIVE_INFINITY) || r > 0 && r < Float.MIN_NORMAL) {
            throw new IllegalArgumentException(
                    text() + ": the flow through the model is " + r + ", out of the range of single precision");
        }
        var gradients = flow.backward();
        var parameters = model.parameters();
        return context.forEach(target -> {
            var weight = parameters.get(target.name()).value();
            float[] values = Storage.array(weight);
            float[] g = Storage.array(gradients.of(weight));
            var contributions = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                contributions[i] = Math.abs((double) values[i] * g[i]);
            }
            return Scores.sum(contributions);
        });
    }

    private Layer positive(Layer model) {
        Layers.walk(model, this::refuseNorm);
        var copy = Layers.copy(model);
        for (var parameter : copy.parameters().values()) {
            switch (parameter.name()) {
                case "bias", "running_mean" -> parameter.assign(Tensor.zeros(parameter.shape()));
                case "running_var" -> parameter.assign(Tensor.full(parameter.shape(), 1));
                default -> parameter.assign(parameter.value().abs());
            }
        }
        return copy;
    }

    private void refuseNorm(String name, Layer layer) {
        if (layer.dependency() instanceof Dependency.Coupled coupled && coupled.scale().isPresent()) {
            throw new IllegalArgumentException(
                    text() + ": '" + name + "', a norm over the features, lets no flow through; use another criterion");
        }
    }

    /** One input of ones: as wide as the calibration data if there is some, else as the first linear layer. */
    private static Tensor ones(ScoringContext context) {
        var batches = context.calibration().batches();
        if (batches.isEmpty()) {
            return Tensor.full(Shape.of(1, PrunableWeight.of(context.model()).getFirst().in()), 1);
        }
        var dims = batches.getFirst().inputs().shape().dims();
        dims[0] = 1;
        return Tensor.full(Shape.of(dims), 1);
    }

    @Override
    public String formula() {
        return "Σ|w·∂R/∂w|, R of |w| and ones; in rounds";
    }

    @Override
    public String source() {
        return "Tanaka et al. 2020";
    }
}
