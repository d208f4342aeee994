package org.espalier.prune.sparsity;

import java.util.List;

/**
 * Erdős–Rényi densities: a layer's density is in proportion to (in + out) / (in·out), so large layers become sparser. A
 * layer that would need more than it has is kept as it is, and the factor is found anew for the others, until none is
 * left over. The total is exact: fractions of a unit go to the layers with the largest ones, ties to the earlier layer.
 * Within a layer the lowest scores go.
 *
 * <p>Reference: Mocanu et al., Nature Communications 2018 (arXiv 1707.04780); Evci et al., ICML 2020 (arXiv
 * 1911.11134), appendix: for fully connected layers ERK is this. Biases are not counted.
 */
public record Erk() implements Allocation {
    @Override
    public List<boolean[]> keep(List<Candidates> layers, Goal goal, Floor floor) {
        int total = layers.stream().mapToInt(layer -> layer.units().count()).sum();
        int atStart = layers.stream().mapToInt(layer -> layer.atStart().removed()).sum();
        return Counts.keep("ERK", layers, counts(layers, total - goal.removed(total, atStart)), floor);
    }

    /** How many units each layer keeps if {@code keep} stay altogether. */
    static int[] counts(List<Candidates> layers, int keep) {
        int n = layers.size();
        var full = new boolean[n];
        double factor = 0;
        boolean changed = true;
        while (changed) {
            double left = keep;
            double weight = 0;
            for (int i = 0; i < n; i++) {
                left -= full[i] ? layers.get(i).alive() : 0;
                weight += full[i] ? 0 : share(layers.get(i));
            }
            factor = weight == 0 ? 0 : Math.max(0, left) / weight;
            changed = false;
            for (int i = 0; i < n; i++) {
                if (!full[i] && factor * share(layers.get(i)) > layers.get(i).alive()) {
                    full[i] = true;
                    changed = true;
                }
            }
        }
        var ideal = new double[n];
        for (int i = 0; i < n; i++) {
            ideal[i] = full[i] ? layers.get(i).alive() : factor * share(layers.get(i));
        }
        return Counts.rounded(ideal, keep, layers);
    }

    /** Units times density, but for the common factor. */
    private static double share(Candidates layer) {
        double out = layer.units().shape().dim(0);
        double in = layer.units().shape().dim(1);
        return layer.units().count() * (in + out) / (in * out);
    }

    @Override
    public String text() {
        return "erk";
    }
}
