package org.espalier.prune.secondorder;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A row of weights on the way of the optimal brain surgeon: one weight p after the other gets a value and the others
 * are repaired, w ← w − (w_p − value)/[H⁻¹]_pp · H⁻¹_{:,p}, H⁻¹ the inverse for the weights that are still free. What
 * is fixed never moves again.
 *
 * <p>Idea: H⁻¹ ← H⁻¹ − H⁻¹_{:,p}·H⁻¹_{p,:}/[H⁻¹]_pp takes p out of the inverse. Each such step takes u·uᵀ away, u =
 * H⁻¹_{:,p}/√[H⁻¹]_pp, so the first inverse stays as it is, the vectors u are kept, and only what is asked for is
 * brought up to date: the diagonal, and column p when p goes. That is Cholesky's factorization with the pivots chosen
 * on the way. Cost: k·f for weight number k with f free ones left, in³/6 for all of a row, where changing the matrix
 * itself at every step takes in³.
 */
public final class Elimination {
    private final double[] inverse;
    private final int in;
    private final double[] weights;
    private final int start;
    /** The vectors u, each of those that were free when it was made, in the order that they still have. */
    private final double[][] taken;
    private final double[] diagonal;
    /** The free weights are the first of it. */
    private final int[] order;
    /** The position of a weight in the order. */
    private final int[] places;
    private int free;

    /**
     * A row with all of its weights free.
     *
     * @param inverse H⁻¹, which is only read
     * @param weights rows of weights, changed in place
     * @param start where the row begins
     */
    public Elimination(double[] inverse, double[] weights, int start) {
        this.inverse = inverse;
        this.in = (int) Math.rint(Math.sqrt(inverse.length));
        this.weights = weights;
        this.start = start;
        taken = new double[in][];
        diagonal = new double[in];
        Arrays.setAll(diagonal, i -> this.inverse[i * in + i]);
        order = IntStream.range(0, in).toArray();
        places = order.clone();
        free = in;
    }

    /** [H⁻¹]_pp for a weight that is free. */
    public double pivot(int p) {
        return diagonal[places[p]];
    }

    /** Gives a free weight a value and repairs the others. */
    public void fix(int p, double value) {
        int place = places[p];
        var u = new double[free];
        for (int i = 0; i < free; i++) {
            u[i] = inverse[p * in + order[i]];
        }
        for (int k = 0; k < in - free; k++) {
            subtract(u, taken[k][place], taken[k]);
        }
        double pivot = u[place];
        double share = (weights[start + p] - value) / pivot;
        double root = Math.sqrt(pivot);
        for (int i = 0; i < free; i++) {
            weights[start + order[i]] -= share * u[i];
            u[i] /= root;
            diagonal[i] -= u[i] * u[i];
        }
        // Exactly the value, whatever rounding left.
        weights[start + p] = value;
        taken[in - free] = u;
        take(place);
    }

    private static void subtract(double[] u, double factor, double[] other) {
        for (int i = 0; i < u.length; i++) {
            u[i] -= factor * other[i];
        }
    }

    /** The last of the free weights moves to a place that gets free. */
    private void take(int place) {
        int last = --free;
        for (int k = 0; k < in - free; k++) {
            taken[k][place] = taken[k][last];
        }
        diagonal[place] = diagonal[last];
        order[place] = order[last];
        places[order[place]] = place;
    }
}
