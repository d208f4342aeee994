package org.espalier.bench.task;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One layer, pruned or not, Y = W · X: W is [out × in], a column of X and of Y is a sample. A peer may rearrange W
 * before the clock starts, and takes X and gives Y by rows or by columns, as its callers could have kept them.
 *
 * @param out neurons
 * @param in inputs, a multiple of 32 for patterns that count in groups
 * @param batch columns of X
 * @param percent how many of a hundred weights are zero, 0 for a dense layer; ignored by patterns that say so
 * @param pattern where the weights that are not zero may be
 */
public record Sparse(int out, int in, int batch, int percent, Pattern pattern) implements Workload {
    /** Where weights are kept. */
    public enum Pattern {
        /** Anywhere. */
        ANY("any", 1, 0, 0),
        /** In columns of four neurons together. */
        BLOCK_4X1("4x1 blocks", 4, 0, 0),
        /** In columns of eight neurons together. */
        BLOCK_8X1("8x1 blocks", 8, 0, 0),
        /** One of every 8 inputs of a neuron. */
        ONE_OF_8("1:8", 1, 1, 8),
        /** Two of every 32 inputs of a neuron. */
        TWO_OF_32("2:32", 1, 2, 32),
        /** Four of every 32 inputs of a neuron. */
        FOUR_OF_32("4:32", 1, 4, 32);

        private final String label;
        private final int together;
        private final int kept;
        private final int group;

        Pattern(String label, int together, int kept, int group) {
            this.label = label;
            this.together = together;
            this.kept = kept;
            this.group = group;
        }
    }

    @Override
    public String name() {
        return String.format(Locale.ROOT, "layer %dx%d b%d %s", out, in, batch, zeros());
    }

    /** How many zeros there are and where: {@code dense}, {@code 90%}, {@code 90% 4x1 blocks}, {@code 2:32}. */
    public String zeros() {
        var share = percent == 0 ? "dense" : percent + "%";
        if (pattern.group > 0) {
            return pattern.label;
        }
        return pattern == Pattern.ANY ? share : share + " " + pattern.label;
    }

    /** Whether no weight is zero. */
    public boolean isDense() {
        return percent == 0 && pattern == Pattern.ANY;
    }

    @Override
    public int threads() {
        return 1;
    }

    /** Multiplications by weights that are kept; their values, and X and Y once. */
    @Override
    public Cost cost() {
        double kept = pattern.group > 0
                ? (double) out * in * pattern.kept / pattern.group
                : (double) out * in * (100 - percent) / 100;
        return Cost.of(2 * kept * batch, 4 * (kept + (double) batch * (in + out)));
    }

    /** W with its zeros, [out × in]. */
    public float[] w() {
        var random = new SplittableRandom(12);
        var w = BenchData.uniform(13, out * in);
        if (pattern.group > 0) {
            for (int start = 0; start < w.length; start += pattern.group) {
                keepSome(random, w, start);
            }
            return w;
        }
        int together = pattern.together;
        for (int row = 0; row < out; row += together) {
            for (int column = 0; column < in; column++) {
                boolean zero = random.nextInt(100) < percent;
                for (int r = row; zero && r < Math.min(out, row + together); r++) {
                    w[r * in + column] = 0;
                }
            }
        }
        return w;
    }

    /** Zeroes a group but for the pattern's number: selection sampling, Knuth volume 2, algorithm S. */
    private void keepSome(SplittableRandom random, float[] w, int start) {
        int wanted = pattern.kept;
        for (int i = 0; i < pattern.group; i++) {
            if (random.nextInt(pattern.group - i) < wanted) {
                wanted--;
            } else {
                w[start + i] = 0;
            }
        }
    }

    /** X, values in [-1, 1), [in × batch]. */
    public float[] x() {
        return BenchData.uniform(14, in * batch);
    }

    @Override
    public void verify(float[] y) {
        ReferenceCheck.close(name(), y, MatrixProduct.reference(out, batch, in, w(), x()), 1e-6 * Math.max(in, 16));
    }
}
