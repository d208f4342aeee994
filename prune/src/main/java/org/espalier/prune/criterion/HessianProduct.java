package org.espalier.prune.criterion;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.espalier.nn.Mode;
import org.espalier.nn.data.Batch;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * H·v, the second derivative of the loss with respect to the kept weights of all targets together, times a vector with
 * a part for each target. Masked weights are no variables: their entries of v do not count, those of H·v are 0.
 *
 * <p>Idea: H·v is the gradient of ⟨g, v⟩, g the gradient (Pearlmutter 1994), so one differentiation of a
 * differentiation gives it exactly, without H. The mean over the batches, each weighted by its rows. A loss that is
 * linear in a weight has zeros there. Cost: about four passes forward for each batch.
 */
final class HessianProduct {
    private final ScoringContext context;
    private final UnaryOperator<Tensor> head;

    /** With {@code head} applied to the output of the model before the loss. */
    HessianProduct(ScoringContext context, UnaryOperator<Tensor> head) {
        this.context = context;
        this.head = head;
    }

    /** The mean gradient, by the name of the target. */
    Map<String, Tensor> gradient() {
        return mean(batch -> {
            var gradients = loss(batch).backward();
            return leaf -> gradients.of(leaf);
        });
    }

    /** H·v, by the name of the target. */
    Map<String, Tensor> times(Map<String, Tensor> v) {
        return mean(batch -> {
            var gradients = loss(batch).backwardWithGraph();
            Tensor product = null;
            for (var target : context.targets()) {
                var part = target.select(gradients.of(target.weight().value()).times(v.get(target.name()))).sum();
                product = product == null ? part : product.plus(part);
            }
            if (product == null || !product.requiresGrad()) {
                return leaf -> Tensor.zeros(leaf.shape());
            }
            var second = product.backward();
            return leaf -> second.of(leaf);
        });
    }

    private Tensor loss(Batch batch) {
        var output = head.apply(context.model().forward(batch.inputs(), Mode.inference()));
        return context.calibration().loss().value(output, batch.targets());
    }

    private Map<String, Tensor> mean(java.util.function.Function<Batch, UnaryOperator<Tensor>> derivatives) {
        var batches = context.batches();
        double rows = batches.stream().mapToDouble(batch -> batch.inputs().dim(0)).sum();
        var sums = new LinkedHashMap<String, double[]>();
        for (var batch : batches) {
            double share = batch.inputs().dim(0) / rows;
            var derivative = derivatives.apply(batch);
            for (var target : context.targets()) {
                float[] values = Storage.array(target.select(derivative.apply(target.weight().value())));
                var sum = sums.computeIfAbsent(target.name(), name -> new double[values.length]);
                for (int i = 0; i < values.length; i++) {
                    sum[i] += share * values[i];
                }
            }
        }
        var means = new LinkedHashMap<String, Tensor>();
        for (var target : context.targets()) {
            double[] sum = sums.get(target.name());
            var mean = new float[sum.length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (float) sum[i];
            }
            means.put(target.name(), Storage.adopt(target.weight().shape(), mean));
        }
        return means;
    }
}
