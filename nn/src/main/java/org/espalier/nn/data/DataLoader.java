package org.espalier.nn.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.espalier.tensor.Rng;

/**
 * Cuts a dataset into batches, in its own order or shuffled anew for every epoch. The order of an epoch depends on the
 * seed and the epoch's number alone, so a run can continue from any batch of any epoch without replaying those before.
 * An immutable value.
 */
public final class DataLoader {
    private final Dataset samples;
    private final int batchSize;
    private final Rng.State shuffle;
    private final boolean dropLast;

    private DataLoader(Dataset samples, int batchSize, Rng.State shuffle, boolean dropLast) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("the batch size must be at least 1, not " + batchSize);
        }
        this.samples = samples;
        this.batchSize = batchSize;
        this.shuffle = shuffle;
        this.dropLast = dropLast;
    }

    /** Batches in the dataset's order; throws {@link IllegalArgumentException} if the size is not positive. */
    public static DataLoader of(Dataset samples, int batchSize) {
        return new DataLoader(samples, batchSize, null, false);
    }

    /** Shuffled, for each epoch otherwise. */
    public DataLoader shuffle(long seed) {
        return new DataLoader(samples, batchSize, Rng.of(seed).state(), dropLast);
    }

    /** Without the last batch of an epoch if it is smaller than the others. */
    public DataLoader dropLast() {
        return new DataLoader(samples, batchSize, shuffle, true);
    }

    /** How many batches an epoch has. */
    public int batches() {
        return dropLast ? samples.size() / batchSize : Math.ceilDiv(samples.size(), batchSize);
    }

    /** The numbers of the samples in the order of an epoch. */
    public int[] order(int epoch) {
        return shuffle == null
                ? Indexing.range(0, samples.size())
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
            return samples.batch(Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize)));
        }
    }
}
