package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.prune.notation.Notation;

/**
 * Network slimming: the size |γ| of the scale that the batch norm right behind a layer gives each neuron. Meant for
 * models trained with an L1 penalty on γ, which drives the scales of spare neurons to zero; without it the scales say
 * little. Only neurons have a score, and only in layers with a batch norm; name those layers. Reference: Liu, Li, Shen,
 * Huang, Yan and Zhang, ICCV 2017 (arXiv 1708.06519).
 */
@Notation("batch norm scale")
public record BatchNormScale() implements Criterion {
    @Override
    public Map<String, Scores> score(ScoringContext context) {
        return context.forEach(target -> Scores.ofNeurons(text(), scales(context, target)));
    }

    private double[] scales(ScoringContext context, PrunableWeight target) {
        var scale = Followers.scale(context.model(), target.layer())
                .orElseThrow(() -> new IllegalArgumentException(text() + ": no batch norm follows layer '"
                        + target.layer() + "'; name the layers that have one"));
        float[] gamma = scale.value().toArray();
        var scales = new double[gamma.length];
        for (int i = 0; i < gamma.length; i++) {
            scales[i] = Math.abs(gamma[i]);
        }
        return scales;
    }

    @Override
    public String formula() {
        return "|γ|";
    }

    @Override
    public String source() {
        return "Liu et al. 2017";
    }
}
