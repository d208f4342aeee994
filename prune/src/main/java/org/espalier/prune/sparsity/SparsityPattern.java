package org.espalier.prune.sparsity;

import java.util.Optional;
import org.espalier.nn.Mask;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.notation.Notations;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;

/**
 * What is removed together: how a weight [out, in] is divided into units that are kept or removed as a whole.
 *
 * {@snippet :
 * Units units = SparsityPattern.blocks(4, 1).units(Shape.of(300, 784), Optional.empty()); // 75 · 784 blocks
 * }
 *
 * <p>To add a pattern: a record below with its {@link Notation}, and its factory.
 */
public sealed interface SparsityPattern {
    /**
     * The units of a weight of this shape.
     *
     * @param mask what earlier pruning left; elements it does not keep no longer count for their unit
     * @throws ShapeException if the weight is not a matrix or the pattern does not divide it
     */
    Units units(Shape weight, Optional<Mask> mask);

    /** Whether removing a unit removes the bias of its row too: only if the unit is the whole row. */
    default boolean removesBias() {
        return false;
    }

    /** Whether units of one weight compete only within pools, so that no ranking over several weights makes sense. */
    default boolean isPooled() {
        return false;
    }

    /** A few words for tables and recipes, such as {@code blocks 4x1}; {@link #parse} reads them back. */
    default String text() {
        return Notations.describe(this);
    }

    /**
     * The pattern of this {@linkplain #text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static SparsityPattern parse(String text) {
        return Notations.standard().parse(SparsityPattern.class, text);
    }

    /** Single weights: unstructured sparsity. */
    static Weights weights() {
        return new Weights();
    }

    /** Whole neurons: rows of the weight, with their biases. */
    static Neurons neurons() {
        return new Neurons();
    }

    /** Whole inputs: columns of the weight. */
    static Inputs inputs() {
        return new Inputs();
    }

    /** Blocks of rows × columns weights; those cut off at the edge are units too. */
    static Blocks blocks(int rows, int columns) {
        return new Blocks(rows, columns, Remainder.SCALED);
    }

    /** N:M semi-structured sparsity in groups of {@code m}; the amount 1 − N/M says how many of them are removed. */
    static NM nm(int m) {
        return new NM(m, Remainder.SCALED);
    }

    /** Single weights that compete within their output row, so that every neuron loses the same number of inputs. */
    static Rows rows() {
        return new Rows();
    }

    /** What happens at the edge of a weight that a pattern does not divide evenly. */
    enum Remainder {
        /** The rest is a smaller block or pool and is pruned in proportion. */
        SCALED,
        /** The rest is never pruned. */
        DENSE,
        /** A rest is an error. */
        REJECTED
    }

    /** Single weights. Unit i is element i in row-major order. */
    @Notation("weights")
    record Weights() implements SparsityPattern {
        @Override
        public Units units(Shape weight, Optional<Mask> mask) {
            Units.requireMatrix(this, weight);
            return Units.of(this, weight, mask, weight.size(), element -> element);
        }
    }

    /**
     * Whole neurons: unit i is row i of the weight, and its bias goes with it. The column that the neuron feeds in the
     * next layer is taken out when the model is shrunk.
     */
    @Notation("neurons")
    record Neurons() implements SparsityPattern {
        @Override
        public Units units(Shape weight, Optional<Mask> mask) {
            int in = Units.requireMatrix(this, weight);
            return Units.of(this, weight, mask, weight.dim(0), element -> element / in);
        }

        @Override
        public boolean removesBias() {
            return true;
        }
    }

    /** Whole inputs: unit j is column j of the weight. On the first layer these are features of the data. */
    @Notation("inputs")
    record Inputs() implements SparsityPattern {
        @Override
        public Units units(Shape weight, Optional<Mask> mask) {
            int in = Units.requireMatrix(this, weight);
            return Units.of(this, weight, mask, in, element -> element % in);
        }
    }

    /**
     * Rectangles of weights, numbered in row-major order of the blocks. At the lower and the right edge a block may be
     * cut off.
     *
     * @param rows outputs in a block
     * @param columns inputs in a block
     * @param tail what happens to blocks that are cut off
     */
    @Notation("blocks {rows}x{columns}[ tail {tail}]")
    record Blocks(int rows, int columns, @Default("scaled") Remainder tail) implements SparsityPattern {
        /**
         * Checks the sizes.
         *
         * @throws IllegalArgumentException if one is less than 1
         */
        public Blocks {
            if (rows < 1 || columns < 1) {
                throw new IllegalArgumentException("a block of " + rows + " x " + columns + " weights is empty");
            }
        }

        @Override
        public Units units(Shape weight, Optional<Mask> mask) {
            int in = Units.requireMatrix(this, weight);
            int out = weight.dim(0);
            if (tail == Remainder.REJECTED && (out % rows != 0 || in % columns != 0)) {
                throw new ShapeException(text() + ": does not divide a weight of shape " + weight
                        + "; choose another size or another rule for the tail");
            }
            boolean whole = tail == Remainder.DENSE;
            int down = whole ? out / rows : Math.ceilDiv(out, rows);
            int across = whole ? in / columns : Math.ceilDiv(in, columns);
            return Units.of(this, weight, mask, down * across, element -> {
                int row = element / in / rows;
                int column = element % in / columns;
                return row < down && column < across ? row * across + column : Units.NONE;
            });
        }
    }

    /**
     * Single weights that compete in pools of M neighbours along the inputs of each output row. At sparsity 1 − N/M
     * this is the N:M pattern; with M = 32 it is s:32.
     *
     * @param m the number of weights in a pool
     * @param tail what happens to the last, shorter pool of a row
     */
    @Notation("pools of {m}[ tail {tail}]")
    record NM(int m, @Default("scaled") Remainder tail) implements SparsityPattern {
        /**
         * Checks the size.
         *
         * @throws IllegalArgumentException if it is less than 2
         */
        public NM {
            if (m < 2) {
                throw new IllegalArgumentException("a pool of " + m + " weights leaves nothing to choose");
            }
        }

        @Override
        public Units units(Shape weight, Optional<Mask> mask) {
            int in = Units.requireMatrix(this, weight);
            if (tail == Remainder.REJECTED && in % m != 0) {
                throw new ShapeException(text() + ": does not divide the " + in + " inputs of a weight of shape "
                        + weight + "; choose another size or another rule for the tail");
            }
            return pools(this, weight, mask, m, tail == Remainder.DENSE ? in / m * m : in);
        }

        @Override
        public boolean isPooled() {
            return true;
        }
    }

    /** Single weights that compete within their output row, as Wanda asks. */
    @Notation("pools of row")
    record Rows() implements SparsityPattern {
        @Override
        public Units units(Shape weight, Optional<Mask> mask) {
            int in = Units.requireMatrix(this, weight);
            return pools(this, weight, mask, Math.max(in, 1), in);
        }

        @Override
        public boolean isPooled() {
            return true;
        }
    }

    /** Pools of a length along the first {@code pruned} columns of each row. */
    private static Units pools(
            SparsityPattern pattern, Shape weight, Optional<Mask> mask, int length, int pruned) {
        int in = weight.dim(1);
        int out = weight.dim(0);
        int pools = Math.ceilDiv(pruned, length);
        var starts = new int[out * pools + 1];
        for (int p = 0; p < out * pools; p++) {
            starts[p] = p / pools * pruned + p % pools * length;
        }
        starts[out * pools] = out * pruned;
        return Units.pooled(pattern, weight, mask, starts, element -> {
            int column = element % in;
            return column < pruned ? element / in * pruned + column : Units.NONE;
        });
    }
}
