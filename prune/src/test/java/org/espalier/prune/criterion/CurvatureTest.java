package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CurvatureTest {
    @Test
    void fisherSquaresTheGradientOfEverySampleNotOfTheBatch() {
        // Gradients (1, 2, 0) and (−1, 0, 4) in one batch; the square of their mean would be (0, 1, 4).
        var batch = Tensor.matrix(new float[] {1, 2, 0}, new float[] {-1, 0, 4});
        var data = Calibration.of(batch, batch, (output, target) -> output.sum(1).mean());
        var context = ScoringContext.of(Sequential.of(Cases.layer(new float[9])), data);

        assertArrayEquals(
                new double[] {1, 2, 8, 1, 2, 8, 1, 2, 8},
                Curvature.FISHER.diagonal(context).get("fc1.weight"),
                1e-6);
    }

    @Test
    void hutchinsonIsExactWhereTheMatrixIsDiagonal() {
        var context = ScoringContext.of(
                Sequential.of(Cases.layer(1, 2, 3, 4, 5, 6, 7, 8, 9)), Cases.squares(0, 3, 0));

        assertArrayEquals(
                new double[] {0, 18, 0, 0, 18, 0, 0, 18, 0},
                Curvature.HUTCHINSON.diagonal(context).get("fc1.weight"),
                1e-4);
    }

    @Test
    void hutchinsonIsWithinItsErrorOfTheExactDiagonal() {
        var model = Sequential.of(Linear.of(3, 4), Activation.tanh(), Linear.of(4, 2));
        model.initialize(Init.heNormal(), 5);
        var inputs = Rng.of(2).normal(Shape.of(6, 3), 1);
        var context = ScoringContext.of(
                model, Calibration.of(inputs, inputs.slice(1, 0, 2), Loss.meanSquaredError()));
        var hessian = new HessianProduct(context, output -> output);
        var estimates = Curvature.HUTCHINSON.diagonal(context);
        for (var target : context.targets()) {
            double[] estimate = estimates.get(target.name());
            for (int i = 0; i < estimate.length; i++) {
                var column = hessian.times(unit(context, target, i));
                double exact = column.get(target.name()).toArray()[i];
                double norm = column.values().stream().mapToDouble(part -> part.square().sum().item()).sum();
                // The variance of one probe is the sum of the squares off the diagonal.
                double deviation = Math.sqrt(Math.max(0, norm - exact * exact) / Curvature.PROBES);
                assertTrue(Math.abs(estimate[i] - exact) <= 5 * deviation + 1e-5, target.name() + " " + i);
            }
        }
    }

    private static Map<String, Tensor> unit(ScoringContext context, PrunableWeight of, int i) {
        var vector = new LinkedHashMap<String, Tensor>();
        for (var target : context.targets()) {
            var values = new float[target.weight().size()];
            if (target.equals(of)) {
                values[i] = 1;
            }
            vector.put(target.name(), Tensor.of(target.weight().shape(), values));
        }
        return vector;
    }
}
