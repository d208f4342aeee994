package org.espalier.nn.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Divisions of a dataset whose samples are in some order. */
final class Splits {
    private Splits() {}

    static Dataset.Split split(Dataset samples, int[] order, double fraction) {
        requireFraction(fraction);
        int cut = (int) Math.rint(fraction * order.length);
        return new Dataset.Split(
                samples.subset(Arrays.copyOf(order, cut)),
                samples.subset(Arrays.copyOfRange(order, cut, order.length)));
    }

    /** The same fraction of each class: the two parts differ from it by less than one sample in any class. */
    static Dataset.Split stratified(Dataset samples, List<int[]> strata, double fraction) {
        requireFraction(fraction);
        int[] order = concatenated(strata);
        var train = new BitSet();
        int end = 0;
        for (int[] stratum : strata) {
            int begin = end;
            end += stratum.length;
            train.set(begin, begin + (int) (Math.rint(fraction * end) - Math.rint(fraction * begin)));
        }
        return new Dataset.Split(select(samples, order, train, true), select(samples, order, train, false));
    }

    /** Sample i of the order is in part i·k / n. */
    static List<Dataset.Split> folds(Dataset samples, int[] order, int k) {
        requireFolds(order.length, k);
        var part = new int[order.length];
        for (int i = 0; i < part.length; i++) {
            part[i] = (int) ((long) i * k / part.length);
        }
        return folds(samples, order, part, k);
    }

    /** Samples are dealt out class after class, so that each part gets as many of each as the others, or one more. */
    static List<Dataset.Split> stratifiedFolds(Dataset samples, List<int[]> strata, int k) {
        int[] order = concatenated(strata);
        requireFolds(order.length, k);
        var part = new int[order.length];
        for (int i = 0; i < part.length; i++) {
            part[i] = i % k;
        }
        return folds(samples, order, part, k);
    }

    private static List<Dataset.Split> folds(Dataset samples, int[] order, int[] part, int k) {
        var folds = new ArrayList<Dataset.Split>();
        for (int fold = 0; fold < k; fold++) {
            var validation = new BitSet();
            for (int i = 0; i < part.length; i++) {
                validation.set(i, part[i] == fold);
            }
            folds.add(new Dataset.Split(
                    select(samples, order, validation, false), select(samples, order, validation, true)));
        }
        return folds;
    }

    private static int[] concatenated(List<int[]> strata) {
        return strata.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private static Dataset select(Dataset samples, int[] order, BitSet chosen, boolean inside) {
        return samples.subset(IntStream.range(0, order.length)
                .filter(i -> chosen.get(i) == inside)
                .map(i -> order[i])
                .toArray());
    }

    private static void requireFraction(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("the fraction of a split must be between 0 and 1, not " + fraction);
        }
    }

    private static void requireFolds(int samples, int k) {
        if (k < 2 || k > samples) {
            throw new IllegalArgumentException(
                    "cross-validation: " + samples + " samples cannot be cut into " + k + " parts");
        }
    }
}
