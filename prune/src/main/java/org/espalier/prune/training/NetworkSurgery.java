package org.espalier.prune.training;

import org.espalier.nn.Layer;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Storage;

/**
 * Dynamic network surgery, DNS: weights that do not take part go on learning and are spliced in again when they have
 * grown. With a = 0.9·(μ + c·σ) and b = 1.1·(μ + c·σ), where μ and σ are mean and standard deviation of |w| over the
 * weights a layer keeps when training begins, a weight with |w| ≤ a goes, one with |w| &gt; b comes, and one between
 * the two stays as it is. Masks are looked at after step t with the probability (1 + γ·t)^−p, until a share of the
 * training is done. How many weights are left is the outcome, not a choice: c steers it.
 *
 * <p>Source: Guo, Yao and Chen, "Dynamic network surgery for efficient DNNs", NeurIPS 2016 (arXiv 1608.04493), with the
 * thresholds of the authors' program. That looks at biases too; here they stay dense.
 *
 * @param c how many standard deviations the thresholds are above the mean
 * @param gamma γ, how quickly looking becomes rarer
 * @param power p
 * @param until after which fraction of all steps the masks stay
 */
@Notation("dns, {*}")
public record NetworkSurgery(@Default("1") double c, @Default("1e-4") double gamma, @Default("1") double power,
        @Default("0.75") double until) implements SparseTraining {
    private static final double REMOVE = 0.9;
    private static final double SPLICE = 1.1;

    /** Checks the numbers; throws {@link IllegalArgumentException}. */
    public NetworkSurgery {
        if (!Double.isFinite(c) || !(gamma >= 0) || !(power >= 0)) {
            throw new IllegalArgumentException(
                    "surgery needs a number c, and γ and p of at least 0, not " + c + ", " + gamma + " and " + power);
        }
        Checks.requireShare("the end of surgery", until);
    }

    /** With this c, γ = 0.0001, p = 1 and surgery in the first three quarters of the training. */
    public static NetworkSurgery deviations(double c) {
        return new NetworkSurgery(c, 1e-4, 1, 0.75);
    }

    @Override
    public TrainingResult train(Layer model, TrainingSetup training) {
        return TrainingSetup.allOrNothing(model, () -> {
            var ground = MaskedWeights.of(model);
            var shadow = new Shadow(model, ground, StraightThroughLinear::new);
            var surgery = new Surgery(ground, shadow, training.seed());
            var result = training.fit(shadow.model(), trainer -> trainer.listen(surgery));
            shadow.finish(model);
            return result;
        });
    }

    private final class Surgery implements Listener {
        private final MaskedWeights ground;
        private final Shadow shadow;
        private final double[] thresholds;
        private final Rng rng;
        private double end;

        Surgery(MaskedWeights ground, Shadow shadow, long seed) {
            this.ground = ground;
            this.shadow = shadow;
            this.thresholds = new double[ground.targets().size()];
            for (int i = 0; i < thresholds.length; i++) {
                float[] weights = Storage.array(ground.targets().get(i).weight().value());
                thresholds[i] = threshold(weights, ground.kept(i));
            }
            this.rng = Rng.of(seed);
        }

        @Override
        public void on(TrainingEvent event) {
            switch (event) {
                case TrainingEvent.Started started -> end = until * started.epochs() * started.batches();
                case TrainingEvent.Stepped stepped when stepped.step() < end && looks(stepped.step()) -> operate();
                default -> {}
            }
        }

        private boolean looks(int step) {
            return rng.split(step).nextFloat() < StrictMath.pow(1 + gamma * step, -power);
        }

        private void operate() {
            for (int i = 0; i < thresholds.length; i++) {
                boolean[] keeps = shadow.kept(i);
                update(shadow.weights(i), keeps, ground.allowed(i), thresholds[i]);
                shadow.keep(i, keeps);
            }
        }
    }

    /** max(0, μ + c·σ) over what is kept; 0 if nothing is. */
    double threshold(float[] weights, boolean[] keeps) {
        int count = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < weights.length; i++) {
            if (keeps[i]) {
                count++;
                sum += Math.abs(weights[i]);
                squares += (double) weights[i] * weights[i];
            }
        }
        double mean = sum / Math.max(1, count);
        double variance = Math.max(0, squares / Math.max(1, count) - mean * mean);
        return Math.max(0, mean + c * Math.sqrt(variance));
    }

    /** Removes what is small and splices in what is large. */
    static void update(float[] weights, boolean[] keeps, boolean[] allowed, double threshold) {
        for (int i = 0; i < weights.length; i++) {
            double size = Math.abs(weights[i]);
            keeps[i] = allowed[i] && (keeps[i] ? size > REMOVE * threshold : size > SPLICE * threshold);
        }
    }

    @Override
    public String formula() {
        return "|w| ≤ 0.9·(μ + c·σ) are pruned but keep learning, |w| > 1.1·(μ + c·σ) are spliced in again";
    }

    @Override
    public String source() {
        return "Guo et al. 2016";
    }
}
