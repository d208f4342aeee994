package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.prune.notation.Notation;
import org.espalier.tensor.Storage;

/**
 * The activation of a neuron over the calibration samples, after the activation function that follows its layer
 * (directly, or with norms and dropout between; if there is none, after the layer itself):
 *
 * <ul>
 *   <li>{@link #APOZ}: 1 − APoZ, the average percentage of zeros: how often it is not exactly zero. Published as the
 *       share of zeros, highest removed first. Hu, Peng, Tai and Tang 2016 (arXiv 1607.03250), equation 1;
 *   <li>{@link #MEAN}: the mean of its size. Published as the mean of the activation, which is the same for ReLU;
 *       the absolute value is taken so that a neuron of tanh that is always −1 does not count for less than one that is
 *       always 0. Molchanov, Tyree, Karras, Aila and Kautz, ICLR 2017 (arXiv 1611.06440), section 2.2.
 * </ul>
 *
 * Only neurons have a score. A negative zero counts as a zero.
 */
@Notation("activation {}")
public enum ActivationRate implements Criterion {
    /** The fraction of samples for which the neuron is not zero. */
    APOZ,
    /** The mean absolute activation. */
    MEAN;

    @Override
    public Map<String, Scores> score(ScoringContext context) {
        var activations = context.activations();
        return context.forEach(target -> {
            var place = Followers.activation(context.model(), target.layer());
            int out = target.out();
            var sums = new double[out];
            long rows = 0;
            for (var batch : activations) {
                float[] values = Storage.array(batch.output(place));
                for (int i = 0; i < values.length; i++) {
                    sums[i % out] += this == MEAN ? Math.abs((double) values[i]) : values[i] == 0 ? 0 : 1;
                }
                rows += values.length / out;
            }
            for (int neuron = 0; neuron < out; neuron++) {
                sums[neuron] /= rows;
            }
            return Scores.ofNeurons(text(), sums);
        });
    }

    @Override
    public String formula() {
        return this == APOZ ? "share of samples with a ≠ 0" : "mean of |a|";
    }

    @Override
    public String source() {
        return this == APOZ ? "Hu et al. 2016" : "Molchanov et al. 2017";
    }
}
