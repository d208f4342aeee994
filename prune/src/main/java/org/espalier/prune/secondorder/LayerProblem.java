package org.espalier.prune.secondorder;

import java.util.stream.IntStream;

/**
 * One layer on its way to fewer weights; the arrays are changed in place.
 *
 * @param weights [out, in], row-major, 0 where {@code keeps} is false
 * @param keeps which weights are left
 * @param inputs what the layer gets
 * @param sparsity the fraction of all weights that is to be removed in the end, those removed earlier included
 * @param pools which weights of a row compete
 */
record LayerProblem(double[] weights, boolean[] keeps, InputMoments inputs, double sparsity, Pools pools) {
    int in() {
        return inputs.in();
    }

    int out() {
        return weights.length / in();
    }

    /** How many weights of a number are to be removed; halves to even, as everywhere. */
    int removed(int of) {
        return (int) Math.rint(sparsity * of);
    }

    int removedNow(IntStream elements) {
        return (int) elements.filter(i -> !keeps[i]).count();
    }
}
