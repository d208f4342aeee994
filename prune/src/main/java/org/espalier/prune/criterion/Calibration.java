package org.espalier.prune.criterion;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.data.Batch;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.tensor.Tensor;

/**
 * Batches of examples and the loss, for criteria that look at gradients or activations.
 *
 * @param batches the examples, in a fixed order
 * @param loss what the gradients are of: a mean over the batch
 */
public record Calibration(List<Batch> batches, Loss loss) {
    /** Takes its own copy of the list. */
    public Calibration {
        batches = List.copyOf(batches);
    }

    /** No data: enough for criteria that look at the weights only. */
    public static Calibration none() {
        return new Calibration(List.of(), (output, target) -> {
            throw new IllegalStateException("there is no loss without calibration data");
        });
    }

    /** One batch. */
    public static Calibration of(Tensor inputs, Tensor targets, Loss loss) {
        return new Calibration(List.of(new Batch(inputs, targets)), loss);
    }

    /** The first {@code limit} samples of a dataset, or all if there are fewer; the last batch may be smaller. */
    public static Calibration of(Dataset samples, Loss loss, int batchSize, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit must be positive, not " + limit);
        }
        var first = samples.subset(java.util.stream.IntStream.range(0, Math.min(limit, samples.size())).toArray());
        var batches = new ArrayList<Batch>();
        DataLoader.of(first, batchSize).epoch(0).forEach(batches::add);
        return new Calibration(batches, loss);
    }
}
