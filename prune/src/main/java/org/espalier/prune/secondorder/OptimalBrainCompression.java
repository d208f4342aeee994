package org.espalier.prune.secondorder;

import java.util.stream.IntStream;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;

/**
 * Optimal brain compression: the optimal brain surgeon, exact, row by row of one layer.
 *
 * <p>Idea: for H = 2·Σ x·xᵀ, removing weight p of a row and repairing the others best costs w_p²/(2[H⁻¹]_pp); the
 * repair is w ← w − w_p/[H⁻¹]_pp · H⁻¹_{:,p}; and H⁻¹ ← H⁻¹ − H⁻¹_{:,p}·H⁻¹_{p,:}/[H⁻¹]_pp is then the inverse without
 * p. The cheapest goes, one at a time. Invariant: after every removal the row is the best one with its zeros. Cost:
 * in³/6 for a row that loses all weights, as {@link Elimination} counts; weights of dead inputs cost nothing and go
 * first.
 *
 * <p>In pools, as for N:M, only weights of pools that have still to lose one are looked at, as the paper
 * does. Deviations from it: every row loses the same number of weights, and there is damping. References: Hassibi
 * and Stork, NIPS 1992; Frantar, Singh and Alistarh, NeurIPS 2022 (arXiv 2208.11580), algorithm 1.
 *
 * @param damping the fraction of the mean of H's diagonal that is added to it, 0 or more
 */
@Notation("obc[ damping {damping}]")
public record OptimalBrainCompression(@Default("0.01") double damping) implements Reconstruction {
    /** Refuses a damping that is negative or not a number. */
    public OptimalBrainCompression {
        Damping.require(damping);
    }

    /** With a damping of 1 %. */
    public OptimalBrainCompression() {
        this(Damping.USUAL);
    }

    void solve(LayerProblem layer) {
        var inverse = layer.inputs().inverse(damping);
        for (int row = 0; row < layer.out(); row++) {
            solveRow(layer, row * layer.in(), inverse);
        }
    }

    private static void solveRow(LayerProblem layer, int start, double[] inverse) {
        int in = layer.in();
        var row = new Elimination(inverse, layer.weights(), start);
        // What earlier pruning took leaves the inverse first; these weights are 0, so nothing moves.
        for (int p = 0; p < in; p++) {
            if (!layer.keeps()[start + p]) {
                remove(layer, start, p, row);
            }
        }
        var pools = layer.pools();
        var wanted = new int[pools.count()];
        int left = 0;
        for (int pool = 0; pool < wanted.length; pool++) {
            int from = pools.start(pool);
            int to = pools.start(pool + 1);
            int removed = layer.removedNow(IntStream.range(start + from, start + to));
            wanted[pool] = Math.max(0, layer.removed(to - from) - removed);
            left += wanted[pool];
        }
        for (; left > 0; left--) {
            int p = cheapest(layer, start, row, wanted);
            wanted[p / pools.length()]--;
            remove(layer, start, p, row);
        }
    }

    /** The cheapest weight of a pool that has still to lose one. */
    private static int cheapest(LayerProblem layer, int start, Elimination row, int[] wanted) {
        int cheapest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int p = 0; p < layer.pools().prunable(); p++) {
            if (!layer.keeps()[start + p] || wanted[p / layer.pools().length()] == 0) {
                continue;
            }
            double w = layer.weights()[start + p];
            double cost = layer.inputs().isDead(p) ? 0 : w * w / (2 * row.pivot(p));
            if (cheapest < 0 || cost < least) {
                cheapest = p;
                least = cost;
            }
        }
        return cheapest;
    }

    private static void remove(LayerProblem layer, int start, int p, Elimination row) {
        row.fix(p, 0);
        layer.keeps()[start + p] = false;
    }

}
