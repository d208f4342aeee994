package org.espalier.prune.quantize;

import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.secondorder.Damping;
import org.espalier.prune.secondorder.Elimination;
import org.espalier.prune.secondorder.OptimalBrainCompression;

/**
 * Optimal brain quantization: rounding one weight of a row at a time, the cheapest first, and repairing all others.
 *
 * <p>Idea: for H = 2·Σ x·xᵀ, rounding weight p to q and repairing the others best costs (w_p − q)²/(2[H⁻¹]_pp), and the
 * repair is that of {@link OptimalBrainCompression}. A weight that the repair has pushed beyond the codes goes at once,
 * before it gets worse. Masked weights are fixed at 0 first. Cost: in³/6 for each row, so for small layers; {@link
 * Gptq} is for large ones.
 *
 * <p>Deviation from the paper: there is damping, and {@link Rounder} takes the nearest codes for a row that they suit
 * better. Reference: Frantar, Singh and Alistarh, NeurIPS 2022 (arXiv 2208.11580), algorithm 3.
 *
 * @param damping the fraction of the mean of H's diagonal that is added to it, 0 or more
 */
@Notation("obq[ damping {damping}]")
public record OptimalBrainQuantization(@Default("0.01") double damping) implements Rounding {
    private static final double HALF = 0.5;

    /** Refuses a damping that is negative or not a number. */
    public OptimalBrainQuantization {
        Damping.require(damping);
    }

    /** With a damping of 1 %. */
    public OptimalBrainQuantization() {
        this(Damping.USUAL);
    }

    void solve(RoundingProblem layer) {
        var inverse = layer.inputs().inverse(damping);
        for (int row = 0; row < layer.out(); row++) {
            solveRow(layer, row * layer.in(), inverse);
        }
    }

    private static void solveRow(RoundingProblem layer, int start, double[] inverse) {
        int in = layer.in();
        var fixed = new boolean[in];
        var row = new Elimination(inverse, layer.weights(), start);
        for (int p = 0; p < in; p++) {
            if (!layer.keeps()[start + p]) {
                row.fix(p, 0);
                fixed[p] = true;
            }
        }
        for (int p = next(layer, start, fixed, row); p >= 0; p = next(layer, start, fixed, row)) {
            row.fix(p, layer.nearest(start + p));
            fixed[p] = true;
        }
    }

    /** The farthest beyond the codes, else the cheapest; −1 if all are fixed. */
    private static int next(RoundingProblem layer, int start, boolean[] fixed, Elimination row) {
        int cheapest = -1;
        int farthest = -1;
        double least = Double.POSITIVE_INFINITY;
        double most = HALF * layer.scales()[start / layer.in()] * (1 + 1e-9);
        for (int p = 0; p < layer.in(); p++) {
            if (!fixed[p]) {
                double off = Math.abs(layer.weights()[start + p] - layer.nearest(start + p));
                double cost = layer.inputs().isDead(p) ? 0 : off * off / row.pivot(p);
                if (off > most) {
                    farthest = p;
                    most = off;
                }
                if (cheapest < 0 || cost < least) {
                    cheapest = p;
                    least = cost;
                }
            }
        }
        return farthest >= 0 ? farthest : cheapest;
    }

}
