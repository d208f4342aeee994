package org.espalier.nn.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * One step of all parameters, cut into pieces. Threads take one piece after the other, so that they meet once in a step
 * and not once for each parameter. A gradient that is still to be computed is computed piece by piece into the place
 * of the new values, so no array is made and filled for it. No bit depends on who takes which piece.
 */
final class Pieces {
    /** Elements in a piece whose gradient is there. */
    private static final int ELEMENTS = 1 << 15;

    /**
     * Elements in a piece whose gradient is computed: many, because each piece rearranges all inputs of the product.
     * A step of 784-1024-1024-10 at batch 64 took 5 to 10 % longer with an eighth of this.
     */
    private static final int COMPUTED = 1 << 20;

    /** Rows of a gradient in a piece are a multiple of this, so that the tiles of the product are whole. */
    private static final int ROWS = 6;

    /** Pieces for each of several threads, so that one that is held up leaves work to the others. */
    private static final int SHARES = 2;

    /** Elements of all parameters below which a second thread costs more than it saves. */
    private static final int WORTH_SHARING = 1 << 14;

    /** A stretch of one parameter, and where its gradient comes from if it is not there yet. */
    private record Piece(ParameterSlice slice, Tensor gradient) {
        void update(Optimizer rule) {
            if (gradient != null) {
                int width = gradient.dim(1);
                Storage.writeRows(gradient, slice.from() / width, slice.to() / width, slice.out());
            }
            rule.update(slice);
            slice.project();
        }
    }

    private final Parallelism threads = Parallelism.current();
    private final List<Piece> pieces = new ArrayList<>();
    private long elements;

    /**
     * Adds a parameter.
     *
     * @param whole all its elements
     * @param gradient a gradient with lazy rows, which are written to {@code whole.out()}; that is
     *     {@code whole.gradient()} then. Null if the gradient is there
     */
    void add(ParameterSlice whole, Tensor gradient) {
        int end = whole.to();
        int step = ELEMENTS;
        if (gradient != null && end > 0) {
            step = (int) Math.min(end, (long) rowsInPiece(gradient) * gradient.dim(1));
        }
        for (int from = 0; from < end;) {
            int to = end - from > step ? from + step : end;
            pieces.add(new Piece(whole.range(from, to), gradient));
            from = to;
        }
        elements += end;
    }

    private int rowsInPiece(Tensor gradient) {
        int share = threads.threads() == 1 ? gradient.dim(0) : gradient.dim(0) / (SHARES * threads.threads());
        return Math.ceilDiv(Math.max(1, Math.min(share, COMPUTED / gradient.dim(1))), ROWS) * ROWS;
    }

    void update(Optimizer rule) {
        var next = new AtomicInteger();
        int workers = elements < WORTH_SHARING ? 1 : Math.min(threads.threads(), pieces.size());
        threads.forRanges(workers, 1, (from, to) -> {
            for (int i = next.getAndIncrement(); i < pieces.size(); i = next.getAndIncrement()) {
                pieces.get(i).update(rule);
            }
        });
    }
}
