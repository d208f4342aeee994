package org.espalier.prune.criterion;

import java.util.Map;
import java.util.stream.DoubleStream;
import org.espalier.prune.notation.Notation;

/**
 * Single-shot network pruning: the connection sensitivity |w·g| divided by its sum over all targets, so that all scores
 * together are 1. The derivative of the loss by a switch c on a weight, at c = 1, is w·g. Published for a network that
 * has just been initialized with variance scaling, one batch of about 100 examples, and one ranking over all layers;
 * with several batches g is over all of them. On trained weights it ranks as {@link Saliency} does. Reference: Lee,
 * Ajanthan and Torr, ICLR 2019 (arXiv 1810.02340), equations 4 to 6.
 */
@Notation("snip")
public record Snip() implements Criterion {
    @Override
    public Map<String, Scores> score(ScoringContext context) {
        var gradients = MeanGradients.of(context);
        double total = context.targets().stream()
                .mapToDouble(target -> DoubleStream.of(Saliency.products(target, gradients.get(target.name())))
                        .sum())
                .sum();
        // Where nothing matters, everything matters equally: no division by zero.
        double scale = total == 0 ? 0 : 1 / total;
        return context.forEach(
                target -> Scores.sum(Saliency.products(target, gradients.get(target.name())), sum -> sum * scale));
    }

    @Override
    public String formula() {
        return "Σ|w·ḡ| / sum over all layers";
    }

    @Override
    public String source() {
        return "Lee et al. 2019";
    }
}
