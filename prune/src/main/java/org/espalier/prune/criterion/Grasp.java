package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.tensor.Storage;

/**
 * Gradient signal preservation: Σ w·(H·g) over the unit, H and g of the loss whose logits are divided by a temperature.
 *
 * <p>Sign: the paper scores −θ ⊙ H·g, an estimate of how much removing a weight adds to the norm of the gradient, and
 * removes the <em>highest</em>. Here higher is more important, so this is the published score with its sign changed,
 * and the lowest go. It is not an absolute value: many scores are negative, and those weights go first although
 * removing them changes the gradient a lot; it changes it for the better. Published for a network that has just been
 * initialized, a few examples of each class, T = 200 and one ranking over all layers. H·g is exact, over the weights of
 * all targets; biases do not take part. Reference: Wang, Zhang and Grosse, ICLR 2020 (arXiv 2002.07376), equation 8.
 *
 * @param temperature T, by which the model's output is divided before the loss; 1 for losses that are not of logits
 */
@Notation("grasp[ temperature {temperature}]")
public record Grasp(@Default("200") float temperature) implements Criterion {
    private static final float PUBLISHED = 200;

    /**
     * Checks the temperature.
     *
     * @throws IllegalArgumentException if it is not a positive number
     */
    public Grasp {
        if (!(temperature > 0 && temperature < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the temperature must be positive, not " + temperature);
        }
    }

    /** With the temperature of the paper, 200. */
    public Grasp() {
        this(PUBLISHED);
    }

    @Override
    public Map<String, Scores> score(ScoringContext context) {
        var hessian = new HessianProduct(context, output -> output.times(1 / temperature));
        var products = hessian.times(hessian.gradient());
        return context.forEach(target -> {
            float[] weights = target.elements();
            float[] product = Storage.array(products.get(target.name()));
            var contributions = new double[weights.length];
            for (int i = 0; i < weights.length; i++) {
                contributions[i] = (double) weights[i] * product[i];
            }
            return Scores.sum(contributions);
        });
    }

    @Override
    public String formula() {
        return "Σ w·(H·ḡ), logits / " + (int) PUBLISHED;
    }

    @Override
    public String source() {
        return "Wang et al. 2020";
    }
}
