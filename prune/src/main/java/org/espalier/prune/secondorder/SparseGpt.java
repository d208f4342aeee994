package org.espalier.prune.secondorder;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;

/**
 * SparseGPT: the repair of {@link OptimalBrainCompression} for all rows at once.
 *
 * <p>Idea: columns are passed from left to right and only those to the right are repaired; then all rows share the
 * inverses they need, and these are the rows of U, UᵀU = (H + λI)⁻¹ upper triangular. In each block of columns the
 * weights with the least w²/U_ii² go, over all rows; a removed weight of column i gives its row the error e = w/U_ii,
 * and w_j ← w_j − e·U_ij for the columns j to the right, those beyond the block when the block is done. Cost: in³ for U
 * and out·in² for the repair.
 *
 * <p>In pools, as for N:M, each row chooses among the weights of a pool when the pass gets there.
 *
 * <p>Deviation: the published threshold removes one weight too many in a block, and more on ties; here counts are exact
 * over the layer, and the lower index goes first on ties. A failed factorization is an error. Reference: Frantar and
 * Alistarh, ICML 2023 (arXiv 2301.00774), algorithm 1.
 *
 * @param block the number of columns in a block, at least 1; published 128
 * @param damping λ as a fraction of the mean of H's diagonal, 0 or more; published 1 %
 */
@Notation("sparsegpt[ block {block}][ damping {damping}]")
public record SparseGpt(@Default("128") int block, @Default("0.01") double damping) implements Reconstruction {
    /** The published one. */
    public static final int USUAL_BLOCK = 128;

    /** Checks the settings. */
    public SparseGpt {
        if (block < 1) {
            throw new IllegalArgumentException("a block has at least one column, not " + block);
        }
        Damping.require(damping);
    }

    /** With blocks of 128 columns and a damping of 1 %. */
    public SparseGpt() {
        this(USUAL_BLOCK, Damping.USUAL);
    }

    void solve(LayerProblem layer) {
        var u = layer.inputs().factor(damping);
        int in = layer.in();
        if (layer.pools().bound()) {
            solvePools(layer, u);
            return;
        }
        int done = 0;
        for (int from = 0; from < in; from += block) {
            int to = Math.min(in, from + block);
            int wanted = layer.removed(to * layer.out()) - done;
            done += choose(layer, u, from, to, wanted);
            for (int row = 0; row < layer.out(); row++) {
                repair(layer, u, row * in, from, to);
            }
        }
    }

    /** Pool by pool, each row choosing when the pass gets there, with all earlier errors repaired. */
    private static void solvePools(LayerProblem layer, double[] u) {
        int in = layer.in();
        int length = layer.pools().length();
        for (int from = 0; from < in; from += length) {
            int to = Math.min(in, from + length);
            for (int start = 0; start < layer.weights().length; start += in) {
                if (from < layer.pools().prunable()) {
                    int wanted = layer.removed(to - from);
                    choose(layer, u, IntStream.range(start + from, start + to).toArray(), wanted);
                }
                repair(layer, u, start, from, to);
            }
        }
    }

    /** Removes the cheapest weights of a block until enough are gone; returns their number. */
    private static int choose(LayerProblem layer, double[] u, int from, int to, int wanted) {
        int in = layer.in();
        var elements = IntStream.range(0, layer.out() * in)
                .filter(i -> i % in >= from && i % in < to)
                .toArray();
        return choose(layer, u, elements, wanted);
    }

    private static int choose(LayerProblem layer, double[] u, int[] elements, int wanted) {
        int removed = layer.removedNow(IntStream.of(elements));
        IntStream.of(elements)
                .filter(i -> layer.keeps()[i])
                .boxed()
                .sorted(Comparator.comparingDouble(i -> cost(layer, u, i)))
                .limit(Math.max(0, wanted - removed))
                .forEach(i -> layer.keeps()[i] = false);
        return Math.max(wanted, removed);
    }

    private static double cost(LayerProblem layer, double[] u, int i) {
        int column = i % layer.in();
        double share = layer.weights()[i] / u[column * layer.in() + column];
        return layer.inputs().isDead(column) ? 0 : share * share;
    }

    private static void repair(LayerProblem layer, double[] u, int start, int from, int to) {
        int in = layer.in();
        double[] weights = layer.weights();
        var errors = new double[to - from];
        for (int i = from; i < to; i++) {
            if (!layer.keeps()[start + i]) {
                double error = weights[start + i] / u[i * in + i];
                errors[i - from] = error;
                for (int j = i + 1; j < to; j++) {
                    weights[start + j] -= error * u[i * in + j];
                }
                weights[start + i] = 0;
            }
        }
        for (int i = from; i < to; i++) {
            for (int j = to; j < in && errors[i - from] != 0; j++) {
                weights[start + j] -= errors[i - from] * u[i * in + j];
            }
        }
    }

}
