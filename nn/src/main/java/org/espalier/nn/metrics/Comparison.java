package org.espalier.nn.metrics;

import java.util.List;
import java.util.Locale;
import org.espalier.io.Json;
import org.espalier.nn.metrics.Trials.Trial;

/**
 * Dense and pruned models compared over seeds and test samples.
 *
 * <p>There are two sources of chance. The seeds: intervals of the mean over seeds, by t, that of the drop paired by
 * seed. The test samples: an exact McNemar test for each seed, and a bootstrap over samples of the drop averaged over
 * seeds. The verdict needs the upper ends of both intervals of the drop to be below the margin, or, of a single seed,
 * that of the bootstrap. That an interval of 95 % ends below the margin is a one-sided test at 2.5 %.
 *
 * @param seeds the seeds, in order
 * @param samples test samples
 * @param margin the loss of accuracy that would not matter
 * @param dense the accuracy of the dense models, over seeds
 * @param pruned the accuracy of the pruned models, over seeds
 * @param drop dense − pruned, paired by seed
 * @param sampled the drop averaged over seeds, resampled over test samples
 * @param bootstrapP the two-sided p-value of that bootstrap for a drop of zero
 * @param mcNemar the test of each seed
 * @param verdict what follows
 */
public record Comparison(
        List<Long> seeds,
        int samples,
        double margin,
        Interval dense,
        Interval pruned,
        Interval drop,
        Interval sampled,
        double bootstrapP,
        List<McNemar> mcNemar,
        Verdict verdict) {
    private static final double CONFIDENCE = 0.95;
    private static final int RESAMPLES = 2000;

    /** What a comparison says of the pruned models. */
    public enum Verdict {
        /** They lose less than the margin. */
        NOT_INFERIOR,
        /** They lose more than the margin. */
        INFERIOR,
        /** The data do not decide. */
        OPEN
    }

    /** Takes its own copies. */
    public Comparison {
        seeds = List.copyOf(seeds);
        mcNemar = List.copyOf(mcNemar);
    }

    static Comparison of(Trials all, double margin) {
        if (!(margin >= 0)) {
            throw new IllegalArgumentException("a margin is 0 or more, not " + margin);
        }
        var trials = all.trials();
        double[] dense = trials.stream().mapToDouble(trial -> trial.dense().accuracy()).toArray();
        double[] pruned = trials.stream().mapToDouble(trial -> trial.pruned().accuracy()).toArray();
        var drops = new double[dense.length];
        for (int i = 0; i < drops.length; i++) {
            drops[i] = dense[i] - pruned[i];
        }
        double[] bySample = bySample(trials);
        var drop = Interval.ofMean(CONFIDENCE, drops);
        double[] drawn = Interval.bootstrapMeans(RESAMPLES, 0, bySample);
        var sampled = Interval.ofDrawn(CONFIDENCE, Interval.mean(bySample), drawn);
        return new Comparison(
                trials.stream().map(Trial::seed).toList(),
                bySample.length,
                margin,
                Interval.ofMean(CONFIDENCE, dense),
                Interval.ofMean(CONFIDENCE, pruned),
                drop,
                sampled,
                p(drawn),
                trials.stream().map(trial -> McNemar.of(trial.dense(), trial.pruned())).toList(),
                verdict(trials.size() == 1 ? sampled : drop, sampled, margin));
    }

    /** For each sample, the fraction of seeds for which only the dense model is right, minus the reverse. */
    private static double[] bySample(List<Trial> trials) {
        var drops = new double[trials.getFirst().dense().samples()];
        for (int i = 0; i < drops.length; i++) {
            int sum = 0;
            for (var trial : trials) {
                sum += (trial.dense().isRight(i) ? 1 : 0) - (trial.pruned().isRight(i) ? 1 : 0);
            }
            drops[i] = (double) sum / trials.size();
        }
        return drops;
    }

    /** Twice the smaller fraction of means on one side of zero, zero included, with one added to each count. */
    private static double p(double[] means) {
        int notBelow = 0;
        int notAbove = 0;
        for (double mean : means) {
            notBelow += mean >= 0 ? 1 : 0;
            notAbove += mean <= 0 ? 1 : 0;
        }
        return Math.min(1, 2.0 * (Math.min(notBelow, notAbove) + 1) / (means.length + 1));
    }

    private static Verdict verdict(Interval bySeed, Interval bySample, double margin) {
        if (Math.max(bySeed.high(), bySample.high()) < margin) {
            return Verdict.NOT_INFERIOR;
        }
        return Math.min(bySeed.low(), bySample.low()) > margin ? Verdict.INFERIOR : Verdict.OPEN;
    }

    /** The comparison as JSON; an end that is infinite is null. */
    public Json.Obj toJson() {
        var tests = mcNemar.stream()
                .map(test -> (Json) Json.object()
                        .with("onlyDense", test.onlyFirst())
                        .with("onlyPruned", test.onlySecond())
                        .with("p", test.pValue()))
                .toList();
        return Json.object()
                .with("seeds", Json.array(seeds.stream().map(seed -> (Json) new Json.Int(seed)).toList()))
                .with("samples", samples)
                .with("margin", margin)
                .with("dense", json(dense))
                .with("pruned", json(pruned))
                .with("drop", json(drop))
                .with("dropOverSamples", json(sampled))
                .with("bootstrapP", bootstrapP)
                .with("mcNemar", Json.array(tests))
                .with("verdict", verdict.name());
    }

    private static Json.Obj json(Interval interval) {
        return Json.object()
                .with("mean", interval.mean())
                .with("low", end(interval.low()))
                .with("high", end(interval.high()));
    }

    private static Json end(double end) {
        return Double.isFinite(end) ? new Json.Real(end) : new Json.Null();
    }

    /** A table for people. */
    public String toTable() {
        var text = new StringBuilder(String.format(
                Locale.ROOT, "%d seeds, %d test samples, intervals of 95 %%\n", seeds.size(), samples));
        line(text, "dense", dense);
        line(text, "pruned", pruned);
        line(text, "drop, over seeds", drop);
        line(text, "drop, over samples", sampled);
        text.append(String.format(Locale.ROOT, "%-20s p = %.4f\n", "bootstrap", bootstrapP));
        for (int i = 0; i < mcNemar.size(); i++) {
            var test = mcNemar.get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "%-20s p = %.4f (only dense right %d, only pruned right %d)\n",
                    "McNemar, seed " + seeds.get(i),
                    test.pValue(),
                    test.onlyFirst(),
                    test.onlySecond()));
        }
        var words = switch (verdict) {
            case NOT_INFERIOR -> "not inferior: the loss is below the margin of ";
            case INFERIOR -> "inferior: the loss is above the margin of ";
            case OPEN -> "open: the data do not decide on the margin of ";
        };
        return text.append(words).append(margin).append('\n').toString();
    }

    private static void line(StringBuilder text, String name, Interval interval) {
        text.append(String.format(Locale.ROOT, "%-20s %s\n", name, interval));
    }
}
