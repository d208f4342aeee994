package org.espalier.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.metrics.Measure;
import org.espalier.parallel.Parallelism;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.criterion.Scores;
import org.espalier.prune.criterion.ScoringContext;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.SparsityPattern;

/**
 * Prunes one layer at a time to several sparsities, on copies of the model, and measures each. Every criterion scores
 * once, on the model as it is. The work is shared out over {@link Parallelism#current()} by criterion and layer; the
 * result does not depend on the number of threads. An immutable value: every method but {@link #run} returns another.
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * import org.espalier.nn.data.Dataset;
 * import org.espalier.nn.metrics.*;
 * import org.espalier.tensor.*;
 * var model = Sequential.of(Linear.of(4, 16), Activation.relu(), Linear.of(16, 1));
 * var rows = Rng.of(1).normal(Shape.of(50, 4), 1);
 * var validation = Dataset.of(rows, rows.slice(1, 0, 1));
 * Sensitivity scan = SensitivityScan.of(model, Measure.of(Metric.meanSquaredError(), validation)).run();
 * Map<String, Double> amounts = scan.amounts(scan.points().getFirst().criterion(), 0.8); // layer by layer
 * }
 *
 * @param model the model, which is not touched
 * @param measure what to measure; called by several threads at once, each with a model of its own
 * @param criteria which criteria to try
 * @param pattern what is removed together
 * @param sparsities which sparsities to try, ascending
 * @param calibration data for criteria that need it
 * @param seed for random criteria
 * @param only the layers to try; all if empty
 */
public record SensitivityScan(
        Layer model,
        Measure measure,
        List<Criterion> criteria,
        SparsityPattern pattern,
        List<Double> sparsities,
        Calibration calibration,
        long seed,
        Set<String> only) {
    /**
     * Checks the sparsities.
     *
     * @throws IllegalArgumentException if they are not ascending in [0, 1]
     */
    public SensitivityScan {
        criteria = List.copyOf(criteria);
        sparsities = List.copyOf(sparsities);
        only = Set.copyOf(only);
        double last = 0;
        for (double sparsity : sparsities) {
            if (!(sparsity >= last && sparsity <= 1)) {
                throw new IllegalArgumentException("sparsities must ascend within [0, 1]: " + sparsities);
            }
            last = sparsity;
        }
    }

    /** A scan of single weights by magnitude at sparsities of 0.5 to 0.99. */
    public static SensitivityScan of(Layer model, Measure measure) {
        return new SensitivityScan(
                model,
                measure,
                List.of(Magnitude.L1),
                SparsityPattern.weights(),
                List.of(0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99),
                Calibration.none(),
                0,
                Set.of());
    }

    /** Tries these criteria. */
    public SensitivityScan criteria(Criterion... criteria) {
        return new SensitivityScan(
                model, measure, List.of(criteria), pattern, sparsities, calibration, seed, only);
    }

    /** Removes units of this pattern. */
    public SensitivityScan pattern(SparsityPattern pattern) {
        return new SensitivityScan(model, measure, criteria, pattern, sparsities, calibration, seed, only);
    }

    /** Tries these sparsities, which must be ascending. */
    public SensitivityScan sparsities(double... sparsities) {
        var list = Arrays.stream(sparsities).boxed().toList();
        return new SensitivityScan(model, measure, criteria, pattern, list, calibration, seed, only);
    }

    /** Lets criteria look at these examples. */
    public SensitivityScan calibrate(Calibration calibration) {
        return new SensitivityScan(model, measure, criteria, pattern, sparsities, calibration, seed, only);
    }

    /** The seed of random criteria. */
    public SensitivityScan seed(long seed) {
        return new SensitivityScan(model, measure, criteria, pattern, sparsities, calibration, seed, only);
    }

    /**
     * Tries these layers alone, with the same points as a scan of all: {@link Sensitivity#merge} joins the scans of
     * several machines.
     */
    public SensitivityScan layers(String... layers) {
        return new SensitivityScan(model, measure, criteria, pattern, sparsities, calibration, seed, Set.of(layers));
    }

    /** The layers that a scan of all tries, in their order. */
    public List<String> layers() {
        return layers(Scope.USUAL.targets(model, pattern));
    }

    private static List<String> layers(List<PrunableWeight> targets) {
        return targets.stream().map(PrunableWeight::layer).distinct().toList();
    }

    /** One criterion's scores and one layer to prune by them. */
    private record Trial(Criterion criterion, Map<String, Scores> scores, String layer) {}

    /**
     * Scans.
     *
     * @throws IllegalArgumentException if a criterion cannot score such units or lacks data, or there is no layer of a
     *     name given
     */
    public Sensitivity run() {
        var targets = Scope.USUAL.targets(model, pattern);
        var all = layers(targets);
        if (!all.containsAll(only)) {
            throw new IllegalArgumentException("a scan of layers " + only + ", but there are " + all);
        }
        var trials = new ArrayList<Trial>();
        for (var criterion : criteria) {
            var scores = criterion.score(new ScoringContext(model, targets, calibration, seed));
            targets.stream().map(PrunableWeight::layer)
                    .filter(layer -> only.isEmpty() || only.contains(layer))
                    .forEach(layer -> trials.add(new Trial(criterion, scores, layer)));
        }
        var points = new Sensitivity.Point[trials.size() * sparsities.size()];
        Parallelism.current().forRanges(points.length, 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                points[i] = point(trials.get(i / sparsities.size()), sparsities.get(i % sparsities.size()));
            }
        });
        double dense = measure.of(Layers.copy(model));
        return new Sensitivity(measure.name(), measure.higherIsBetter(), dense, List.of(points));
    }

    private Sensitivity.Point point(Trial trial, double sparsity) {
        var copy = Layers.copy(model);
        var plan = Pruner.of(context -> trial.scores, pattern, Allocation.perLayer())
                .layers(trial.layer)
                .sparsity(sparsity)
                .plan(copy);
        plan.apply();
        return new Sensitivity.Point(
                trial.criterion.text(),
                trial.layer,
                sparsity,
                plan.units(),
                measure.of(copy));
    }
}
