package org.espalier.prune.criterion;

import java.util.List;
import java.util.Map;
import org.espalier.nn.Linear;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Measure;
import org.espalier.prune.criterion.Calibration;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Two residual blocks on rows of two: the first turns (1, 0) by 45 degrees, the second does nothing. */
public final class ResidualModels {
    private ResidualModels() {}

    public static Sequential model() {
        return Sequential.of(block(0, 0, 1, 0), block(0, 0, 0, 0));
    }

    private static Residual block(float... weight) {
        var linear = Linear.of(2, 2);
        linear.weight().assign(Tensor.of(Shape.of(2, 2), weight));
        linear.bias().orElseThrow().assign(Tensor.zeros(Shape.of(2)));
        return Residual.of(linear);
    }

    public static BlockCriterion.Context context(Measure... measures) {
        var x = Tensor.of(Shape.of(2, 2), 1, 0, 0, 0);
        return new BlockCriterion.Context(
                model(),
                Calibration.of(x, x, Loss.meanSquaredError()),
                List.of(measures));
    }

    public static Map<String, Double> scores(BlockCriterion criterion, Measure... measures) {
        return criterion.scores(context(measures), names());
    }

    public static List<String> names() {
        return org.espalier.prune.graph.DependencyGraph.of(model()).blocks();
    }
}
