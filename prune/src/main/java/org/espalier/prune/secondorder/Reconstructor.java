package org.espalier.prune.secondorder;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.prune.criterion.Activations;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.notation.Default;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * Prunes linear layers in the order of the model and repairs each, so that it gives what it gave before for the inputs
 * it now gets from the pruned layers before it. Labels and loss are not used, and biases stay. Because later layers
 * depend on what became of earlier ones, there is no plan to look at before: {@link #apply} is the plan.
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * import org.espalier.nn.loss.Loss;
 * import org.espalier.prune.criterion.Calibration;
 * import org.espalier.tensor.*;
 * var model = Sequential.of(Linear.of(8, 16), Activation.relu(), Linear.of(16, 3));
 * var rows = Rng.of(1).normal(Shape.of(100, 8), 1);
 * var calibration = Calibration.of(rows, rows, Loss.meanSquaredError()); // only the inputs are used
 * List<Reconstructed> layers = Reconstructor.of(Reconstruction.sparseGpt(), 0.5).apply(model, calibration);
 * }
 *
 * @param method how a layer is solved
 * @param sparsity the fraction of each layer's weights that is removed in the end, those removed earlier included
 * @param pattern single weights, freely or in pools such as N:M, where the sparsity is that of each pool
 * @param layers the layers' dotted names; empty for all
 */
public record Reconstructor(
        @Default("sparsegpt") Reconstruction method,
        @Default("0") double sparsity,
        @Default("weights") SparsityPattern pattern,
        List<String> layers) {
    /**
     * Takes its own copy of the list.
     *
     * @throws IllegalArgumentException if the sparsity is not in [0, 1], or the pattern is not of single weights
     */
    public Reconstructor {
        if (!(sparsity >= 0 && sparsity <= 1)) {
            throw new IllegalArgumentException("a sparsity is in [0, 1], not " + sparsity);
        }
        boolean pooled = pattern.isPooled();
        if (!pooled && !(pattern instanceof SparsityPattern.Weights)
                || pooled && method instanceof OptimalBrainSurgeon) {
            throw new IllegalArgumentException(method.text() + ": cannot remove " + pattern.text());
        }
        layers = List.copyOf(layers);
    }

    /** For all linear layers. */
    public static Reconstructor of(Reconstruction method, double sparsity) {
        return new Reconstructor(method, sparsity, SparsityPattern.weights(), List.of());
    }

    /** The same for these layers only. */
    public Reconstructor layers(String... names) {
        return new Reconstructor(method, sparsity, pattern, List.of(names));
    }

    /** The same in pools: of each, the fraction that is the sparsity goes. */
    public Reconstructor pattern(SparsityPattern pattern) {
        return new Reconstructor(method, sparsity, pattern, layers);
    }

    /** Keeps n of every m neighbours along the inputs of each row. */
    public static Reconstructor nm(Reconstruction method, int n, int m) {
        if (n < 0 || n > m) {
            throw new IllegalArgumentException("cannot keep " + n + " of " + m + " weights");
        }
        return new Reconstructor(method, (double) (m - n) / m, SparsityPattern.nm(m), List.of());
    }

    /**
     * Prunes and repairs. All or nothing: after an exception the model is as it was.
     *
     * @return what became of each layer, in order
     * @throws IllegalArgumentException if there is no calibration data or no layer of a name
     * @throws FactorizationException if a layer's inputs do not determine the repair; it names the layer
     */
    public List<Reconstructed> apply(Layer model, Calibration calibration) {
        if (calibration.batches().isEmpty()) {
            throw new IllegalArgumentException(method.text() + ": needs calibration data and there is none");
        }
        var targets = targets(model);
        var before = StateDict.of(model);
        try {
            if (method instanceof OptimalBrainSurgeon surgeon) {
                return solveTogether(surgeon, model, targets, calibration, sparsity);
            }
            var results = new ArrayList<Reconstructed>();
            for (var target : targets) {
                results.add(solve(model, target, calibration));
            }
            return List.copyOf(results);
        } catch (RuntimeException e) {
            before.applyTo(model);
            throw e;
        }
    }

    private List<PrunableWeight> targets(Layer model) {
        var all = PrunableWeight.of(model);
        var names = all.stream().map(PrunableWeight::layer).toList();
        for (var layer : layers) {
            if (!names.contains(layer)) {
                throw new IllegalArgumentException(method.text() + ": there is no linear layer '" + layer
                        + "'; there are " + String.join(", ", names));
            }
        }
        return all.stream()
                .filter(target -> layers.isEmpty() || layers.contains(target.layer()))
                .toList();
    }

    private Reconstructed solve(Layer model, PrunableWeight target, Calibration calibration) {
        var weight = target.weight();
        var moments = moments(model, target, calibration);
        double[] old = doubles(weight.value().toArray());
        var keeps = new boolean[old.length];
        for (int i = 0; i < keeps.length; i++) {
            keeps[i] = weight.mask().isEmpty() || weight.mask().get().keeps(i);
        }
        var problem = new LayerProblem(old.clone(), keeps, moments, sparsity, pools(target));
        switch (method) {
            case OptimalBrainCompression obc -> obc.solve(problem);
            case SparseGpt sparse -> sparse.solve(problem);
            case OptimalBrainSurgeon surgeon -> throw new AssertionError("it solves all layers together");
        }
        return assign(target, moments, problem.weights(), keeps);
    }

    private Pools pools(PrunableWeight target) {
        try {
            return Pools.of(pattern, target.weight().shape());
        } catch (ShapeException e) {
            throw new ShapeException("layer '" + target.layer() + "': " + e.getMessage());
        }
    }

    private static List<Reconstructed> solveTogether(
            OptimalBrainSurgeon surgeon, Layer model, List<PrunableWeight> targets, Calibration calibration,
            double sparsity) {
        var solved = surgeon.solve(model, targets, calibration, sparsity);
        var weights = OptimalBrainSurgeon.parts(solved.weights(), targets);
        var results = new ArrayList<Reconstructed>();
        int at = 0;
        for (int i = 0; i < targets.size(); i++) {
            var keeps = java.util.Arrays.copyOfRange(solved.keeps(), at, at += weights.get(i).length);
            // With the layers before it already changed, as for the other methods.
            var moments = moments(model, targets.get(i), calibration);
            results.add(assign(targets.get(i), moments, weights.get(i), keeps));
        }
        return List.copyOf(results);
    }

    private static InputMoments moments(Layer model, PrunableWeight target, Calibration calibration) {
        var inputs = calibration.batches().stream()
                .map(batch -> Activations.of(model, batch.inputs()).input(target.layer()).toArray())
                .toList();
        return InputMoments.of(target.layer(), target.weight().shape().dim(1), inputs);
    }

    private static Reconstructed assign(PrunableWeight target, InputMoments moments, double[] weights,
            boolean[] keeps) {
        var weight = target.weight();
        double[] old = doubles(weight.value().toArray());
        var masked = new double[old.length];
        var values = new float[old.length];
        for (int i = 0; i < old.length; i++) {
            masked[i] = keeps[i] ? old[i] : 0;
            values[i] = (float) weights[i];
        }
        weight.assign(Tensor.of(weight.shape(), values));
        weight.restrict(Mask.of(weight.shape(), keeps));
        return new Reconstructed(
                target.layer(),
                weight.kept(),
                weight.size(),
                moments.error(old, masked),
                moments.error(old, weights));
    }

    private static double[] doubles(float[] values) {
        var doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
