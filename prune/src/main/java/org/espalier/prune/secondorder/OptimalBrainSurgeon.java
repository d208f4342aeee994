package org.espalier.prune.secondorder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The optimal brain surgeon as published: all weights of all layers in question at once, each removal repaired by all
 * the others, over the boundaries of layers. For small nets: it holds a matrix of the square of the number of weights.
 *
 * <p>Idea: near the trained weights the squared error of the outputs is ½·δᵀHδ with H = Σ X·Xᵀ over samples and
 * outputs, X the derivative of an output with respect to all weights. Removing weight q costs w_q²/(2[H⁻¹]_qq), the
 * repair is δ = −w_q/[H⁻¹]_qq · H⁻¹_{:,q}, and H⁻¹ then loses q, as in {@link OptimalBrainCompression}, which is this
 * for the rows of one layer. Outputs are taken as they are, so with {@link org.espalier.nn.loss.CrossEntropy} it is the
 * logits that are kept. Cost: a pass back for each sample and output, n³ for the inverse, n² for each weight removed.
 *
 * <p>Deviations: H is not recomputed after removals, as the paper proposes after retraining; α of the paper is damping
 * times the mean of H's diagonal. Reference: Hassibi and Stork, "Second order derivatives for network pruning: Optimal
 * Brain Surgeon", NIPS 1992.
 *
 * @param damping the fraction of the mean of H's diagonal that is added to it, 0 or more
 */
@Notation("obs[ damping {damping}]")
public record OptimalBrainSurgeon(@Default("0.01") double damping) implements Reconstruction {
    /** The most weights it takes on: their matrix has 128 MiB. */
    public static final int MOST = 4096;

    /** Refuses a damping that is negative or not a number. */
    public OptimalBrainSurgeon {
        Damping.require(damping);
    }

    /** With a damping of 1 %. */
    public OptimalBrainSurgeon() {
        this(Damping.USUAL);
    }

    /**
     * The weights of all targets in one row, solved.
     *
     * @throws IllegalArgumentException if there are too many
     */
    LayerProblem solve(Layer model, List<PrunableWeight> targets, Calibration calibration, double sparsity) {
        int count = targets.stream().mapToInt(target -> target.weight().size()).sum();
        if (count > MOST) {
            throw new IllegalArgumentException(text() + ": takes on " + MOST + " weights at most, not " + count
                    + "; name fewer layers or use obc, which goes row by row");
        }
        var weights = new double[count];
        var keeps = new boolean[count];
        int at = 0;
        for (var target : targets) {
            float[] values = Storage.array(target.weight().value());
            for (int i = 0; i < values.length; i++, at++) {
                weights[at] = values[i];
                keeps[at] = target.mask().isEmpty() || target.mask().get().keeps(i);
            }
        }
        var names = String.join(", ", targets.stream().map(PrunableWeight::layer).toList());
        var moments = InputMoments.of(names, count, derivatives(model, targets, calibration, count));
        var problem = new LayerProblem(weights, keeps, moments, sparsity, Pools.none(count));
        new OptimalBrainCompression(damping).solve(problem);
        return problem;
    }

    /** X for each sample and output. */
    private static List<float[]> derivatives(
            Layer model, List<PrunableWeight> targets, Calibration calibration, int count) {
        var all = new ArrayList<float[]>();
        for (var batch : calibration.batches()) {
            for (int row = 0; row < batch.inputs().dim(0); row++) {
                var output = model.forward(batch.inputs().slice(0, row, row + 1), Mode.inference());
                var outputs = output.reshape(output.size());
                for (int i = 0; i < output.size(); i++) {
                    all.add(derivative(outputs.slice(0, i, i + 1).sum(), targets, count));
                }
            }
        }
        return all;
    }

    private static float[] derivative(Tensor output, List<PrunableWeight> targets, int count) {
        var gradients = output.backward();
        var x = new float[count];
        int at = 0;
        for (var target : targets) {
            var value = target.weight().value();
            if (gradients.contains(value)) {
                float[] g = Storage.array(gradients.of(value));
                System.arraycopy(g, 0, x, at, g.length);
            }
            at += value.size();
        }
        return x;
    }

    /** The part of a solved row that belongs to each target, in order. */
    static List<double[]> parts(double[] row, List<PrunableWeight> targets) {
        var parts = new ArrayList<double[]>();
        int at = 0;
        for (var target : targets) {
            parts.add(Arrays.copyOfRange(row, at, at += target.weight().size()));
        }
        return parts;
    }

}
