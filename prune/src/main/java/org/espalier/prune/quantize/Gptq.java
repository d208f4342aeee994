package org.espalier.prune.quantize;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.secondorder.Damping;
import org.espalier.prune.secondorder.SparseGpt;

/**
 * GPTQ: rounding column by column, the error of each repaired in the columns still to come.
 *
 * <p>Idea: as in {@link SparseGpt} all rows share the rows of U, UᵀU = (H + λI)⁻¹ upper triangular. The weight of
 * column i is rounded to q, its error is e = (w − q)/U_ii, and w_j ← w_j − e·U_ij for the columns j to come, those
 * beyond the block when the block is done. Masked weights are rounded to 0. Cost: in³ for U and out·in² for the repair.
 *
 * <p>Deviation: a failed factorization is an error, and {@link Rounder} takes the nearest codes for a row that they
 * suit better. Reference: Frantar, Ashkboos, Hoefler and Alistarh, ICLR 2023 (arXiv 2210.17323), algorithm 1; the order
 * of columns by falling diagonal of H is that of the authors' program.
 *
 * @param inOrder whether the columns go from left to right, and not by the size of their inputs, largest first
 * @param block the number of columns in a block, at least 1; published 128
 * @param damping λ as a fraction of the mean of H's diagonal, 0 or more; published 1 %
 */
@Notation("gptq[ {inOrder}][ block {block}][ damping {damping}]")
public record Gptq(boolean inOrder, @Default("128") int block, @Default("0.01") double damping) implements Rounding {
    /** Checks the settings. */
    public Gptq {
        if (block < 1) {
            throw new IllegalArgumentException("a block has at least one column, not " + block);
        }
        Damping.require(damping);
    }

    /** By diagonal, with blocks of 128 columns and a damping of 1 %. */
    public Gptq() {
        this(false, SparseGpt.USUAL_BLOCK, Damping.USUAL);
    }

    void solve(RoundingProblem layer) {
        int in = layer.in();
        int[] order = IntStream.range(0, in)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> inOrder ? 0 : -layer.inputs().diagonal(i)))
                .mapToInt(Integer::intValue)
                .toArray();
        var u = layer.inputs().ordered(order).factor(damping);
        for (int from = 0; from < in; from += block) {
            int to = Math.min(in, from + block);
            for (int row = 0; row < layer.out(); row++) {
                round(layer, u, row * in, order, from, to);
            }
        }
    }

    private static void round(RoundingProblem layer, double[] u, int start, int[] order, int from, int to) {
        double[] weights = layer.weights();
        int in = layer.in();
        var errors = new double[to - from];
        for (int i = from; i < to; i++) {
            int at = start + order[i];
            double rounded = layer.nearest(at);
            double error = (weights[at] - rounded) / u[i * in + i];
            errors[i - from] = error;
            for (int j = i + 1; j < to; j++) {
                weights[start + order[j]] -= error * u[i * in + j];
            }
            weights[at] = rounded;
        }
        for (int i = from; i < to; i++) {
            for (int j = to; j < order.length && errors[i - from] != 0; j++) {
                weights[start + order[j]] -= errors[i - from] * u[i * in + j];
            }
        }
    }
}
