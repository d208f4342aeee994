package org.espalier.nn.step;

import java.util.Optional;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.sparse.BitmapMatrix;
import org.espalier.sparse.BlockMatrix;
import org.espalier.sparse.CsrMatrix;
import org.espalier.sparse.PermuteMatrix;
import org.espalier.sparse.SellMatrix;
import org.espalier.tensor.Storage;

/**
 * The layouts of a linear layer's weights that have a name, under which a model file can ask for them.
 */
public enum Format implements LinearFormat {
    /** All weights as float32, packed for the machine's kernels. */
    DENSE,
    /**
     * The weights that are not zero, as compressed rows: for any pattern, and batches. The bits of {@link #DENSE} for
     * finite inputs, save the sign of a zero that a sum underflowed to; so are those of the other sparse formats.
     */
    CSR,
    /** Blocks of 4 neurons × 1 input that have a weight other than zero. */
    BLOCKS_4,
    /** Blocks of 8 neurons × 1 input. */
    BLOCKS_8,
    /** Blocks of 16 neurons × 1 input. */
    BLOCKS_16,
    /** The weights that are not zero, four neurons side by side: for single rows of any pattern. */
    SELL,
    /**
     * The weights that are not zero, laid out for single rows: best for n weights in every 32, 8 or 4 inputs of a
     * neuron, whichever suits the width of this machine's vectors (512, 256 or 128 bits).
     */
    PERMUTE,
    /** A bit for each weight and those that are not zero: for single rows of layers that do not fit in the caches. */
    BITMAP;

    /** Rows beyond which a layout for single rows cannot win. */
    private static final int FEW = 16;

    /** Lanes of vectors that select from two registers at once, and spread values over them. */
    private static final int WIDE = 16;

    /** The density from which on storing weights one by one cannot win. */
    private static final double MOST = 0.7;

    /** Blocks that hold more entries than this for each weight that is not zero cannot win against compressed rows. */
    private static final double MOST_FILLED = 2;

    @Override
    public Step step(Weights weights) {
        var w = weights.weight();
        return switch (this) {
            case DENSE -> DenseStep.of(weights, KernelChoice.current().dense());
            case CSR -> SparseStep.of(weights, CsrMatrix.of(w));
            case BLOCKS_4 -> SparseStep.of(weights, BlockMatrix.of(4, w));
            case BLOCKS_8 -> SparseStep.of(weights, BlockMatrix.of(8, w));
            case BLOCKS_16 -> SparseStep.of(weights, BlockMatrix.of(16, w));
            case SELL -> SparseStep.of(weights, SellMatrix.of(w));
            case PERMUTE -> SparseStep.of(weights, PermuteMatrix.of(w));
            case BITMAP -> SparseStep.of(weights, BitmapMatrix.of(w));
        };
    }

    /** Whether it leaves out weights that are zero. */
    public boolean isSparse() {
        return this != DENSE;
    }

    /** Whether it is made for batches of this many rows. */
    public boolean suits(int batch) {
        return this != SELL && !permutes() || batch <= FEW;
    }

    private boolean permutes() {
        return this == PERMUTE || this == BITMAP;
    }

    /**
     * Whether it may be the fastest on this machine for these weights, so that it is worth measuring. A sparse
     * format cannot win for nearly dense weights, blocks not where they would mostly hold zeros; {@link #PERMUTE} needs
     * vectors and {@link #BITMAP} vectors of 16 lanes, and where there are such, they beat {@link #SELL}.
     */
    public boolean canWin(Weights weights, int batch) {
        if (!isSparse()) {
            return true;
        }
        int kept = weights.kept();
        if (kept > MOST * weights.weight().size() || !suits(batch)) {
            return false;
        }
        int lanes = KernelChoice.current().sparse().permuteLanes();
        return switch (this) {
            case BLOCKS_4 -> entries(weights, 4) <= MOST_FILLED * kept;
            case BLOCKS_8 -> entries(weights, 8) <= MOST_FILLED * kept;
            case BLOCKS_16 -> entries(weights, 16) <= MOST_FILLED * kept;
            case SELL -> lanes < WIDE;
            case PERMUTE -> lanes > 0;
            case BITMAP -> lanes == WIDE;
            default -> true;
        };
    }

    /** What blocks of this height × 1 would hold of a matrix. */
    private static int entries(Weights weights, int height) {
        var w = Storage.array(weights.weight());
        int in = weights.in();
        int entries = 0;
        for (int top = 0; top < weights.out(); top += height) {
            int bottom = Math.min(top + height, weights.out());
            for (int column = 0; column < in; column++) {
                for (int row = top; row < bottom; row++) {
                    if (w[row * in + column] != 0) {
                        entries += bottom - top;
                        break;
                    }
                }
            }
        }
        return entries;
    }

    /** The format of a name; empty if there is none. */
    public static Optional<Format> named(String name) {
        for (var format : values()) {
            if (format.name().equals(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
