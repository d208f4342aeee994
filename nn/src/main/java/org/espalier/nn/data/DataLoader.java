package org.espalier.nn.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.espalier.tensor.Rng;

/**
 * Cuts a dataset into batches, in its own order or reshuffled for every epoch. The order of an epoch depends on the
 * seed and the epoch's number alone, so a run can continue from any batch of any epoch without replaying those before.
 * An immutable value.
 *
 * {@snippet :
 * import org.espalier.tensor.*;
 * var samples = Dataset.of(Tensor.zeros(Shape.of(100, 4)), Tensor.zeros(Shape.of(100, 1)));
 * var loader = DataLoader.of(samples, 32).shuffle(7);
 * for (Batch batch : loader.epoch(0)) {
 *     var shape = batch.inputs().shape(); // [32, 4], the last one [4, 4]
 * }
 * }
 */
public final class DataLoader {
    private final Dataset samples;
    private final int batchSize;
    private final Rng.State shuffle;
    private final Last last;

    /** What becomes of the last batch of an epoch. */
    private enum Last {
        KEPT,
        DROPPED_IF_SMALLER,
        JOINED_IF_SINGLE
    }

    private DataLoader(Dataset samples, int batchSize, Rng.State shuffle, Last last) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("the batch size must be at least 1, not " + batchSize);
        }
        this.samples = samples;
        this.batchSize = batchSize;
        this.shuffle = shuffle;
        this.last = last;
    }

    /** Batches in the dataset's order; throws {@link IllegalArgumentException} if the size is not positive. */
    public static DataLoader of(Dataset samples, int batchSize) {
        return new DataLoader(samples, batchSize, null, Last.KEPT);
    }

    /** Shuffled, for each epoch otherwise. */
    public DataLoader shuffle(long seed) {
        return new DataLoader(samples, batchSize, Rng.of(seed).state(), last);
    }

    /** Without the last batch of an epoch if it is smaller than the others. */
    public DataLoader dropLast() {
        return new DataLoader(samples, batchSize, shuffle, Last.DROPPED_IF_SMALLER);
    }

    /** With the last batch of an epoch joined to the one before it if it is a single sample. */
    public DataLoader joinSingle() {
        return new DataLoader(samples, batchSize, shuffle, Last.JOINED_IF_SINGLE);
    }

    /** How many batches an epoch has. */
    public int batches() {
        int whole = samples.size() / batchSize;
        int rest = samples.size() % batchSize;
        return switch (last) {
            case KEPT -> rest == 0 ? whole : whole + 1;
            case DROPPED_IF_SMALLER -> whole;
            case JOINED_IF_SINGLE -> rest == 0 || rest == 1 && whole > 0 ? whole : whole + 1;
        };
    }

    /** The indices of the samples in the order of an epoch. */
    public int[] order(int epoch) {
        return shuffle == null
                ? RowIndices.range(0, samples.size())
                : Rng.at(shuffle).split(epoch).permutation(samples.size());
    }

    /** The batches of an epoch. */
    public Iterable<Batch> epoch(int epoch) {
        return epoch(epoch, 0);
    }

    /** The batches of an epoch from one on: where an interrupted run goes on. */
    public Iterable<Batch> epoch(int epoch, int firstBatch) {
        return () -> new Batches(order(epoch), firstBatch);
    }

    private final class Batches implements Iterator<Batch> {
        private final int[] order;
        private int next;

        Batches(int[] order, int first) {
            this.order = order;
            this.next = first;
        }

        @Override
        public boolean hasNext() {
            return next < batches();
        }

        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the epoch has " + batches() + " batches");
            }
            int from = next++ * batchSize;
            int to = next < batches() || last == Last.DROPPED_IF_SMALLER ? from + batchSize : order.length;
            return samples.batch(Arrays.copyOfRange(order, from, to));
        }
    }
}
