package org.espalier.prune.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.metrics.Comparison.Verdict;
import org.espalier.nn.metrics.Interval;
import org.espalier.nn.metrics.Metric;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Whether pruned models are worse than dense ones by less than a tolerance, for any metric: paired by seed and by test
 * sample.
 *
 * <p>There are two sources of chance, and both must agree. The seeds: the upper confidence limit, by t, of the mean
 * drop over seeds. The test samples: the same limit by the bootstrap, which draws samples with replacement and computes
 * the metric of all models on what was drawn. Both limits are one-sided. The verdict on a single seed rests on the
 * samples alone. Reference: Wellek, "Testing statistical hypotheses of equivalence and noninferiority", 2010.
 *
 * @param metric what was measured
 * @param samples test samples
 * @param tolerance the loss that would not matter, in units of the metric
 * @param confidence of the verdict, such as 0.95
 * @param dense the metric of the dense model of each seed
 * @param pruned that of the pruned ones
 * @param drop the mean loss
 * @param overSeeds the upper limit of the loss over seeds; infinite for one seed
 * @param overSamples the upper limit of the loss over samples
 * @param verdict what follows
 */
public record NonInferiority(
        String metric, int samples, double tolerance, double confidence, List<Double> dense, List<Double> pruned,
        double drop, double overSeeds, double overSamples, Verdict verdict) {
    private static final int DRAWS = 1000;

    /** Takes its own copies. */
    public NonInferiority {
        dense = List.copyOf(dense);
        pruned = List.copyOf(pruned);
    }

    /**
     * A dense model and a pruned one of the same seed.
     *
     * @param dense the model before
     * @param pruned the model after
     */
    public record Pair(Layer dense, Layer pruned) {}

    /**
     * Asks all models about all test samples, once.
     *
     * @param metric how good a model is
     * @param test samples that nothing was chosen by
     * @param tolerance the loss that would not matter, at least 0, chosen before
     * @param confidence in (0.5, 1)
     * @param pairs one for each seed, at least one
     * @throws IllegalArgumentException if a number is out of range, or there are no samples or pairs
     */
    public static NonInferiority test(
            Metric metric, Dataset test, double tolerance, double confidence, List<Pair> pairs) {
        if (!(tolerance >= 0) || !(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("non-inferiority needs a tolerance of at least 0 and a confidence in"
                    + " (0.5, 1), not " + tolerance + " and " + confidence);
        }
        if (pairs.isEmpty() || test.size() == 0) {
            throw new IllegalArgumentException("non-inferiority needs at least one seed and one test sample");
        }
        var targets = test.all().targets();
        var dense = pairs.stream().map(pair -> Scored.of(metric, pair.dense, test)).toList();
        var pruned = pairs.stream().map(pair -> Scored.of(metric, pair.pruned, test)).toList();
        var all = new int[test.size()];
        Arrays.setAll(all, i -> i);
        double[] before = dense.stream().mapToDouble(model -> model.score(targets, all)).toArray();
        double[] after = pruned.stream().mapToDouble(model -> model.score(targets, all)).toArray();
        var drops = new double[before.length];
        Arrays.setAll(drops, i -> drop(metric, before[i], after[i]));
        var bySeed = Interval.ofMean(2 * confidence - 1, drops);
        double[] drawn = draw(metric, dense, pruned, targets);
        return new NonInferiority(
                metric.name(), test.size(), tolerance, confidence,
                Arrays.stream(before).boxed().toList(), Arrays.stream(after).boxed().toList(), bySeed.mean(),
                bySeed.high(), quantile(drawn, confidence), verdict(tolerance, confidence, bySeed, drawn));
    }

    private static Verdict verdict(double tolerance, double confidence, Interval bySeed, double[] drawn) {
        boolean one = Double.isInfinite(bySeed.high());
        double high = quantile(drawn, confidence);
        double low = quantile(drawn, 1 - confidence);
        if ((one || bySeed.high() < tolerance) && high < tolerance) {
            return Verdict.NOT_INFERIOR;
        }
        return (one || bySeed.low() > tolerance) && low > tolerance ? Verdict.INFERIOR : Verdict.OPEN;
    }

    /** Draws in which the metric is undefined, such as the ROC-AUC of one class, say nothing and are left out. */
    private static double[] draw(Metric metric, List<Scored> dense, List<Scored> pruned, Tensor targets) {
        var rng = Rng.of(0);
        int n = targets.dim(0);
        var rows = new int[n];
        var drops = new double[DRAWS];
        int count = 0;
        for (int i = 0; i < DRAWS; i++) {
            for (int k = 0; k < n; k++) {
                rows[k] = rng.nextInt(n);
            }
            double sum = 0;
            for (int seed = 0; seed < dense.size(); seed++) {
                sum += drop(metric, dense.get(seed).score(targets, rows), pruned.get(seed).score(targets, rows));
            }
            if (!Double.isNaN(sum)) {
                drops[count++] = sum / dense.size();
            }
        }
        double[] sorted = Arrays.copyOf(drops, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double drop(Metric metric, double before, double after) {
        return metric.higherIsBetter() ? before - after : after - before;
    }

    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The outputs of a model for all test samples. */
    private record Scored(Metric metric, Tensor outputs) {
        static Scored of(Metric metric, Layer model, Dataset test) {
            var all = NoGrad.call(() -> {
                float[] values = null;
                int done = 0;
                int width = 0;
                for (var batch : DataLoader.of(test, Metric.ROWS).epoch(0)) {
                    var output = model.forward(batch.inputs(), Mode.inference());
                    float[] rows = Storage.array(output);
                    if (values == null) {
                        width = rows.length / batch.size();
                        values = new float[Math.multiplyExact(width, test.size())];
                    }
                    System.arraycopy(rows, 0, values, done * width, rows.length);
                    done += batch.size();
                }
                return Tensor.of(Shape.of(test.size(), width), values);
            });
            return new Scored(metric.on(model), all);
        }

        double score(Tensor targets, int[] rows) {
            var tally = metric.start();
            tally.add(gathered(outputs, rows), gathered(targets, rows));
            return tally.value();
        }

        private static Tensor gathered(Tensor from, int[] rows) {
            float[] values = Storage.array(from);
            int width = values.length / from.dim(0);
            var taken = new float[rows.length * width];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(values, rows[i] * width, taken, i * width, width);
            }
            return Storage.adopt(from.shape(), taken);
        }
    }

    /** The verdict in one sentence. */
    public String sentence() {
        var facts = String.format(
                Locale.ROOT, "mean loss of %s %.5f; with %s %% confidence at most %.5f over %d seeds and %.5f over %d"
                        + " test samples",
                metric, drop, Double.toString(Math.rint(confidence * 1e4) / 100), overSeeds, dense.size(), overSamples,
                samples);
        return switch (verdict) {
            case NOT_INFERIOR -> "not worse than the tolerance of " + tolerance + ": " + facts;
            case INFERIOR -> "worse than the tolerance of " + tolerance + ": " + facts;
            case OPEN -> "not decided for the tolerance of " + tolerance + ": " + facts;
        };
    }
}
