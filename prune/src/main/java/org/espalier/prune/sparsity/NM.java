package org.espalier.prune.sparsity;

import java.util.Optional;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;

/**
 * Single weights that compete in pools of {@code pool} neighbours along the inputs of each output row. At sparsity
 * 1 − N/M with a pool of M this is the N:M pattern; with a pool of 32 it is s:32; with a pool as long as the row every
 * neuron loses the same number of inputs, as in Wanda.
 *
 * @param pool M, or {@link #ROW} for the whole row
 * @param tail the rule for the last, shorter pool of a row
 */
public record NM(int pool, Remainder tail) implements SparsityPattern {
    /** Stands for a pool as long as the row. */
    public static final int ROW = Integer.MAX_VALUE;

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if it is less than 2
     */
    public NM {
        if (pool < 2) {
            throw new IllegalArgumentException("a pool of " + pool + " weights leaves nothing to choose");
        }
    }

    /** Pools of M neighbours; a shorter rest is pruned in proportion. */
    public static NM poolsOf(int m) {
        return new NM(m, Remainder.SCALED);
    }

    /** One pool for each output row. */
    public static NM rows() {
        return new NM(ROW, Remainder.SCALED);
    }

    @Override
    public Units units(Shape weight, Optional<Mask> mask) {
        int in = Units.requireMatrix(this, weight);
        int length = pool == ROW ? Math.max(in, 1) : pool;
        if (tail == Remainder.REJECTED && in % length != 0) {
            throw new ShapeException(text() + ": does not divide the " + in + " inputs of a weight of shape " + weight
                    + "; choose another size or another rule for the tail");
        }
        int pruned = tail == Remainder.DENSE ? in / length * length : in;
        int pools = Math.ceilDiv(pruned, length);
        int out = weight.dim(0);
        var starts = new int[out * pools + 1];
        for (int p = 0; p < out * pools; p++) {
            starts[p] = p / pools * pruned + p % pools * length;
        }
        starts[out * pools] = out * pruned;
        return Units.pooled(this, weight, mask, starts, element -> {
            int column = element % in;
            return column < pruned ? element / in * pruned + column : Units.NONE;
        });
    }

    @Override
    public boolean isPooled() {
        return true;
    }

    @Override
    public String text() {
        return "pools of " + (pool == ROW ? "row" : pool) + tail.suffix();
    }
}
