package org.espalier.prune.criterion;

import java.util.List;
import org.espalier.nn.Loss;
import org.espalier.tensor.Tensor;

/**
 * Batches of examples and the loss, for criteria that look at gradients or activations.
 *
 * @param batches the examples, in a fixed order
 * @param loss what the gradients are of: a mean over the batch
 */
public record Calibration(List<Batch> batches, Loss loss) {
    /**
     * Some examples.
     *
     * @param inputs rows along axis 0
     * @param targets what the loss compares the outputs with
     */
    public record Batch(Tensor inputs, Tensor targets) {}

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

    /**
     * The first examples, cut into batches; the last may be shorter.
     *
     * @param inputs rows along axis 0
     * @param targets the same number of rows
     * @param limit how many examples to take at most
     */
    public static Calibration of(Tensor inputs, Tensor targets, Loss loss, int batchSize, int limit) {
        if (batchSize < 1 || limit < 1) {
            throw new IllegalArgumentException("batch size and limit must be positive: " + batchSize + ", " + limit);
        }
        int rows = Math.min(limit, inputs.dim(0));
        var batches = new java.util.ArrayList<Batch>();
        for (int from = 0; from < rows; from += batchSize) {
            int to = Math.min(rows, from + batchSize);
            batches.add(new Batch(inputs.slice(0, from, to), targets.slice(0, from, to)));
        }
        return new Calibration(batches, loss);
    }
}
