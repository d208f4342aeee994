package org.espalier.prune.sparsity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers of units for each layer, and the units that are kept by them. */
final class Counts {
    private Counts() {}

    /**
     * Keeps a number of units of each layer, those with the highest scores, and what the floor asks.
     *
     * @throws IllegalArgumentException if units compete in pools, whose counts are not those of layers
     */
    static List<boolean[]> keep(String allocation, List<Candidates> layers, int[] counts, Floor floor) {
        var kept = new ArrayList<boolean[]>();
        for (int i = 0; i < counts.length; i++) {
            var layer = layers.get(i);
            if (layer.units().pattern().isPooled()) {
                throw new IllegalArgumentException(
                        allocation + " counts units of a layer, not of " + layer.units().pattern().text());
            }
            var keeps = layer.keepsAlive();
            int stay = Math.max(counts[i], Math.min(layer.alive(), floor.of(layer.units())));
            Lowest.remove(layer.scores(), keeps, 0, keeps.length, layer.alive() - stay);
            kept.add(keeps);
        }
        return kept;
    }

    /**
     * Counts of at least the floor, with the same sum unless the floors alone are more: what the floor gives to one
     * layer the others lose, each in proportion to what it has above its own.
     */
    static int[] raised(int[] counts, List<Candidates> layers, Floor floor) {
        int[] least = layers.stream().mapToInt(layer -> Math.min(layer.alive(), floor.of(layer.units()))).toArray();
        int keep = Arrays.stream(counts).sum();
        int floors = Arrays.stream(least).sum();
        int above = IntStream.range(0, counts.length).map(i -> Math.max(0, counts[i] - least[i])).sum();
        if (floors + above == keep) {
            return counts;
        } else if (floors >= keep) {
            return least;
        }
        double share = (double) (keep - floors) / above;
        double[] ideal = IntStream.range(0, counts.length)
                .mapToDouble(i -> least[i] + Math.max(0, counts[i] - least[i]) * share)
                .toArray();
        return rounded(ideal, keep, layers);
    }

    /**
     * Integers with the sum {@code keep}: fractions of a unit go to the layers with the largest ones, ties to the
     * earlier layer.
     */
    static int[] rounded(double[] ideal, int keep, List<Candidates> layers) {
        int[] counts = Arrays.stream(ideal).mapToInt(x -> (int) Math.floor(x)).toArray();
        int missing = keep - Arrays.stream(counts).sum();
        var byFraction = IntStream.range(0, ideal.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.floor(ideal[i]) - ideal[i]))
                .toList();
        for (int i : byFraction) {
            if (missing > 0 && counts[i] < layers.get(i).alive()) {
                counts[i]++;
                missing--;
            }
        }
        return counts;
    }
}
