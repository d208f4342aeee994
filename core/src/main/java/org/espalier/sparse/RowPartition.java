package org.espalier.sparse;

import java.util.Arrays;
import org.espalier.parallel.Parallelism;

/** Partitions the rows of a matrix among threads by number of nonzeros. */
final class RowPartition {
    /** Multiply-adds below which a product stays on the caller's thread: some 20 µs of one core. */
    private static final long WORTH_SPLITTING = 700_000;

    /** What an entry costs with a single sample, where it is gathered, in multiply-adds of a batch. */
    static final int ALONE = 32;

    /** Partitions begin at multiples of this: kernels take this many rows together. */
    private static final int STEP = 16;

    private final int rows;
    private final int unit;
    /** Entries in the units of rows before each. */
    private final int[] before;

    /**
     * The rows of a layout.
     *
     * @param unit rows whose entries stand together
     * @param offsets unit i mod units has the entries from {@code offsets[i]} to before the next element
     */
    RowPartition(int rows, int unit, int[] offsets) {
        this.rows = rows;
        this.unit = unit;
        before = new int[Math.ceilDiv(rows, unit) + 1];
        for (int i = 0; i < offsets.length - 1; i++) {
            before[i % (before.length - 1) + 1] += offsets[i + 1] - offsets[i];
        }
        for (int i = 1; i < before.length; i++) {
            before[i] += before[i - 1];
        }
    }

    /** Whether a product is large enough to be split among threads, with this many numbers for each row of a unit. */
    boolean worth(int numbers) {
        return (long) before[before.length - 1] * numbers >= WORTH_SPLITTING && Parallelism.current().threads() > 1;
    }

    /** Partitions the rows: at most one range for each thread. */
    void forRows(Parallelism.RangeTask task) {
        int last = before[before.length - 1];
        // the first range begins at row 0 whatever is found: before may have any number of zeros
        Parallelism.current().forRanges(last, 1,
                (from, to) -> task.run(from == 0 ? 0 : row(from), to == last ? rows : row(to)));
    }

    private int row(int entriesBefore) {
        int at = Arrays.binarySearch(before, entriesBefore);
        return Math.min(rows, (at < 0 ? -1 - at : at) * unit + STEP / 2 & -STEP);
    }
}
