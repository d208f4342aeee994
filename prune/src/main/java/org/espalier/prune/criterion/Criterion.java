package org.espalier.prune.criterion;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.notation.Notations;

/**
 * A measure of how much a weight matters. Higher is more important, always: a criterion published the other way round
 * changes its sign here and says so.
 *
 * {@snippet :
 * Criterion magnitude = Criterion.magnitude();
 * Criterion same = Criterion.parse("magnitude l1");
 * Criterion own = Criterion.ofEach("squares", weight -> {
 *     float[] w = weight.elements();
 *     var squares = new double[w.length];
 *     for (int i = 0; i < w.length; i++) {
 *         squares[i] = (double) w[i] * w[i];
 *     }
 *     return Scores.sum(squares);
 * });
 * }
 *
 * <p>An own criterion is a lambda or a class; the result must depend only on the context, so that the same seed gives
 * the same masks. To add one to the library: a class with its formula, source and {@link Notation}, and its factory
 * below.
 */
@FunctionalInterface
public interface Criterion {
    /**
     * The scores of each weight, by its name; one entry for every {@link ScoringContext#targets() target}.
     *
     * @throws IllegalArgumentException if the context lacks what the criterion needs, such as calibration data
     */
    Map<String, Scores> score(ScoringContext context);

    /** A few words for tables and messages, such as {@code magnitude l1}; {@link #parse} reads them back. */
    default String text() {
        return Notations.describe(this);
    }

    /** The formula of a unit's score in plain text, for tables; w are the unit's weights and g their gradients. */
    default String formula() {
        return "";
    }

    /** Where the formula was published, for tables. */
    default String source() {
        return "";
    }

    /**
     * The criterion of this {@linkplain #text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Criterion parse(String text) {
        return Notations.standard().parse(Criterion.class, text);
    }

    /** All criteria of the library, with their default settings, by their texts. */
    static List<Criterion> all() {
        return Notations.all(Criterion.class);
    }

    /** A criterion with a name for tables and messages. */
    static Criterion named(String name, Criterion criterion) {
        return new NamedCriterion(name, criterion);
    }

    /** A criterion that looks at one weight at a time and needs nothing else. */
    static Criterion ofEach(String name, Function<PrunableWeight, Scores> scores) {
        return new NamedCriterion(name, context -> context.forEach(scores));
    }

    /** Σ|w|: the sum of the absolute weights. */
    static Magnitude magnitude() {
        return Magnitude.L1;
    }

    /** √Σw²: the Euclidean norm of the weights. */
    static Magnitude l2Magnitude() {
        return Magnitude.L2;
    }

    /** (Σ|w|ᵖ)^(1/p): another norm of the weights. */
    static LpMagnitude lpMagnitude(double p) {
        return new LpMagnitude(p);
    }

    /** Uniform random numbers, the baseline. */
    static RandomScore random() {
        return new RandomScore();
    }

    /** The sum of the distances to the other neurons of a layer. */
    static Fpgm fpgm() {
        return new Fpgm();
    }

    /** Σ|g|, the mean over batches. */
    static GradientMagnitude gradientMagnitude() {
        return new GradientMagnitude();
    }

    /** (Σ g·w)²: first-order Taylor expansion of the loss for the unit as a whole. */
    static Taylor taylor() {
        return Taylor.GROUP;
    }

    /** Σ|w·ḡ|, ḡ the gradient over all samples. */
    static Saliency saliency() {
        return new Saliency();
    }

    /** Connection sensitivity of a network at initialization. */
    static Snip snip() {
        return new Snip();
    }

    /** |w| times the norm of its input. */
    static Wanda wanda() {
        return new Wanda();
    }

    /** How often a neuron is not zero: 1 − APoZ. */
    static ActivationRate apoz() {
        return ActivationRate.APOZ;
    }

    /** The mean absolute activation of a neuron. */
    static ActivationRate meanActivation() {
        return ActivationRate.MEAN;
    }

    /** The scale that batch norm gives a neuron: network slimming. */
    static BatchNormScale batchNormScale() {
        return new BatchNormScale();
    }

    /** Gradient signal preservation, with the published temperature. */
    static Grasp grasp() {
        return new Grasp();
    }

    /** Synaptic flow, to be run in rounds. */
    static SynFlow synflow() {
        return new SynFlow();
    }

    /** Optimal brain damage, ½·h·w², with h from this estimate of the curvature. */
    static OptimalBrainDamage optimalBrainDamage(Curvature curvature) {
        return new OptimalBrainDamage(curvature);
    }

    /** The trace of the Hessian times the squared norm of the weights. */
    static HessianTrace hessianTrace() {
        return new HessianTrace();
    }

    /** What a weight is worth once it is quantized to {@code bits}. */
    static RoundingAware roundingAware(int bits) {
        return new RoundingAware(bits);
    }
}
