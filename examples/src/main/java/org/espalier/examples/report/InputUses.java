package org.espalier.examples.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Flatten;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.metrics.Metric;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Tensor;

/** How much the inputs of a model matter, before pruning and after. */
final class InputUses {
    private static final int ROWS = 1000;

    private InputUses() {}

    /** By the weights that read each input; empty unless a linear layer comes first. */
    static Optional<RunRecord.Inputs> byWeights(Layer dense, Layer pruned) {
        if (!beginsWithLinear(dense) || !beginsWithLinear(pruned)) {
            return Optional.empty();
        }
        var before = Matrices.of(dense).getFirst();
        var after = Matrices.of(pruned).getFirst();
        if (before.inputs() != after.inputs()) {
            return Optional.empty();
        }
        var all = new ArrayList<RunRecord.InputUse>();
        for (int i = 0; i < before.inputs(); i++) {
            all.add(new RunRecord.InputUse(Integer.toString(i), before.strength(i), after.strength(i),
                    after.byInput()[i] > 0));
        }
        return Optional.of(new RunRecord.Inputs("the sum of |w| over the weights of " + before.name()
                + " that read it", List.copyOf(all)));
    }

    private static boolean beginsWithLinear(Layer model) {
        if (model instanceof Sequential) {
            for (var child : model.children().values()) {
                if (!(child instanceof Flatten)) {
                    return beginsWithLinear(child);
                }
            }
        }
        return model instanceof Linear;
    }

    /**
     * By permutation importance (Breiman 2001): how much worse the score gets when the values of one input change
     * places among the rows. An input is read if any output changes.
     */
    static RunRecord.Inputs byShuffling(List<String> names, Layer dense, Layer pruned, Dataset samples,
            Metric metric) {
        var rows = samples.range(0, Math.min(ROWS, samples.size()));
        var some = Dataset.of(rows.inputs(), rows.targets());
        double denseScore = metric.of(dense, some);
        double prunedScore = metric.of(pruned, some);
        var fast = InferenceModel.of(pruned);
        float[] outputs = fast.predict(rows.inputs()).toArray();
        var all = new ArrayList<RunRecord.InputUse>();
        for (int i = 0; i < names.size(); i++) {
            var changed = shuffled(rows.inputs(), i);
            var changedRows = Dataset.of(changed, rows.targets());
            all.add(new RunRecord.InputUse(names.get(i),
                    worse(metric, denseScore, metric.of(dense, changedRows)),
                    worse(metric, prunedScore, metric.of(pruned, changedRows)),
                    !Arrays.equals(outputs, fast.predict(changed).toArray())));
        }
        return new RunRecord.Inputs("how much worse the " + metric.name()
                + " gets when its values change places among the rows", List.copyOf(all));
    }

    private static double worse(Metric metric, double before, double after) {
        return metric.higherIsBetter() ? before - after : after - before;
    }

    private static Tensor shuffled(Tensor inputs, int column) {
        int rows = inputs.dim(0);
        int columns = inputs.size() / rows;
        float[] values = inputs.toArray();
        int[] order = Rng.of(column).permutation(rows);
        float[] before = values.clone();
        for (int row = 0; row < rows; row++) {
            values[row * columns + column] = before[order[row] * columns + column];
        }
        return Tensor.of(inputs.shape(), values);
    }
}
