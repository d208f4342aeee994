package org.espalier.tensor;

import java.util.Optional;
import org.espalier.kernel.PackedMatrix;
import org.espalier.kernel.choice.KernelChoice;

/**
 * A matrix as the kernels want it for products with few rows, kept with the tensor that holds it.
 *
 * <p>Idea: one row times a matrix reads each element once, so bringing the matrix into order takes longer than the
 * product. A tensor is a value, so the second product with the same one can keep what it has arranged. The first does
 * not, as most matrices are multiplied once: every step of training makes new weights. The bits are the same.
 *
 * @param transposed whether it is the transpose of the tensor's elements that is packed
 * @param matrix the matrix; empty after the first product
 */
record PackedOperand(boolean transposed, Optional<PackedMatrix> matrix) {
    /** With more rows, a product takes longer than arranging the matrix. */
    private static final int ROWS = 3;

    /** Elements of a matrix so small that arranging it does not matter. */
    private static final int SMALL = 4096;

    /** The right operand of a product with {@code rows} rows, if it is packed. */
    static Optional<PackedMatrix> of(int rows, Tensor matrix) {
        var source = matrix.transposeSource();
        return source == null ? of(rows, matrix, false) : of(rows, source, true);
    }

    /** The transpose of a matrix as the right operand of a product with {@code rows} rows, if it is packed. */
    static Optional<PackedMatrix> ofTransposed(int rows, Tensor matrix) {
        return of(rows, matrix, true);
    }

    private static Optional<PackedMatrix> of(int rows, Tensor holder, boolean transposed) {
        if (rows > ROWS || holder.rank() != 2 || holder.size() <= SMALL) {
            return Optional.empty();
        }
        var kept = holder.packed();
        if (kept == null || kept.transposed() != transposed) {
            holder.keep(new PackedOperand(transposed, Optional.empty()));
            return Optional.empty();
        }
        if (kept.matrix().isPresent()) {
            return kept.matrix();
        }
        int k = holder.dim(transposed ? 1 : 0);
        int n = holder.dim(transposed ? 0 : 1);
        var packed = Optional.of(
                KernelChoice.current().dense().pack(transposed, k, n, holder.array(), 0, holder.dim(1)));
        holder.keep(new PackedOperand(transposed, packed));
        return packed;
    }
}
