package org.espalier.prune.sparsity;

import java.util.Optional;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;

/**
 * Rectangles of weights, numbered in row-major order of the blocks. At the lower and the right edge a block may be cut
 * off; {@code tail} says what happens to it.
 *
 * @param rows outputs in a block
 * @param columns inputs in a block
 * @param tail the rule for cut-off blocks
 */
public record Blocks(int rows, int columns, Remainder tail) implements SparsityPattern {
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

    /** Blocks of this size; cut-off ones are units too. */
    public static Blocks of(int rows, int columns) {
        return new Blocks(rows, columns, Remainder.SCALED);
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

    @Override
    public String text() {
        return "blocks " + rows + "x" + columns + tail.suffix();
    }
}
