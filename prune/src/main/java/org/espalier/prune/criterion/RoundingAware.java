package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.tensor.Storage;

/**
 * What a weight is worth once it has been rounded: Σ (w² − (w − q)²)·‖x[j]‖² over the unit, q what {@link
 * QuantizedMatrix#of} would make of w with the weights that are left now, ‖x[j]‖ the norm of its input over all
 * calibration samples.
 *
 * <p>Derived here, not published as a criterion: a layer's squared error is Σ δ[j]·δ[k]·Σ x[j]·x[k]; on its diagonal,
 * as in {@link Wanda}, removing a weight costs w²·‖x[j]‖² and rounding it (w − q)²·‖x[j]‖². The difference is what is
 * lost by removing the weight instead of rounding it, never negative up to rounding in float32. Frantar et al., NeurIPS
 * 2022 (arXiv 2208.11580), measure both by that one error, though for pruning and quantizing one after the other.
 *
 * <p>A weight that would be rounded to 0 has the score 0 however large it is: keeping it is worth nothing. With many
 * bits the order is that of w²·‖x[j]‖².
 *
 * @param bits of a code, 2 to 8
 */
@Notation("rounding-aware int{bits}")
public record RoundingAware(@Default("4") int bits) implements Criterion {
    /** Checks the bits. */
    public RoundingAware {
        QuantizedMatrix.largest(bits);
    }

    @Override
    public Map<String, Scores> score(ScoringContext context) {
        return context.forEach(target -> {
            double[] squares = context.inputSquares(target);
            float[] weights = target.elements();
            float[] rounded = Storage.array(
                    QuantizedMatrix.of(target.weight().value(), bits).dequantize());
            var contributions = new double[weights.length];
            for (int i = 0; i < weights.length; i++) {
                double off = (double) weights[i] - rounded[i];
                contributions[i] = ((double) weights[i] * weights[i] - off * off) * squares[i % squares.length];
            }
            return Scores.sum(contributions);
        });
    }

    @Override
    public String formula() {
        return "Σ (w² − (w − q)²)·‖xⱼ‖₂², q = w rounded";
    }

    @Override
    public String source() {
        return "derived here";
    }
}
