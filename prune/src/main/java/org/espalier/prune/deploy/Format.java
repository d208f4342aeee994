package org.espalier.prune.deploy;

import org.espalier.nn.infer.LinearFormat;

/** The layouts of a linear layer's weights that {@link Deploy} chooses from. */
public enum Format {
    /** All weights. */
    DENSE,
    /** Compressed rows. */
    CSR,
    /** Blocks of 4 neurons × 1 input. */
    BLOCKS_4,
    /** Blocks of 16 neurons × 1 input. */
    BLOCKS_16,
    /** Slots of 64 neurons, for single rows. */
    PERMUTE,
    /** A bit for each weight, for single rows of large layers. */
    BITMAP;

    /** Rows beyond which a layout for single rows cannot win. */
    private static final int FEW = 16;

    /** The weights kept beyond which storing them one by one cannot win. */
    private static final double MOST = 0.7;

    /** The format for an inference model. */
    public LinearFormat linear() {
        return switch (this) {
            case DENSE -> LinearFormat.dense();
            case CSR -> LinearFormat.csr();
            case BLOCKS_4 -> LinearFormat.blocks(4);
            case BLOCKS_16 -> LinearFormat.blocks(16);
            case PERMUTE -> LinearFormat.permute();
            case BITMAP -> LinearFormat.bitmap();
        };
    }

    /** Whether it leaves out weights that are zero. */
    public boolean isSparse() {
        return this != DENSE;
    }

    /** Whether it is made for batches of so many rows. */
    public boolean suits(int batch) {
        return this != PERMUTE && this != BITMAP || batch <= FEW;
    }

    /** Whether it is worth measuring. */
    boolean canWin(double density, int batch) {
        return !isSparse() || density <= MOST && suits(batch);
    }
}
