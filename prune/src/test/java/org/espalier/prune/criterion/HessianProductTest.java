package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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

class HessianProductTest {
    @Test
    void aQuadraticHasItsMatrix() {
        // x = (1, 2, 0): H·v = 2·x·(x·v) for each row.
        var context = ScoringContext.of(
                Sequential.of(Cases.layer(1, 2, 3, -1, 2, 0, 2, -1, 1)), Cases.squares(1, 2, 0));
        var v = Tensor.matrix(new float[] {1, 0, 5}, new float[] {0, 1, 0}, new float[] {2, -1, 9});
        var product = new HessianProduct(context, output -> output).times(Map.of("fc1.weight", v));

        assertArrayEquals(new float[] {2, 4, 0, 4, 8, 0, 0, 0, 0}, product.get("fc1.weight").toArray());
    }

    @Test
    void itIsSymmetricAcrossLayersAndAgreesWithDifferencesOfGradients() {
        var model = Sequential.of(Linear.of(3, 4), Activation.tanh(), Linear.of(4, 2));
        model.initialize(Init.heNormal(), 5);
        var inputs = Rng.of(2).normal(Shape.of(6, 3), 1);
        var context = ScoringContext.of(
                model, Calibration.of(inputs, inputs.slice(1, 0, 2), Loss.meanSquaredError()));
        var hessian = new HessianProduct(context, output -> output);
        var u = random(context, 3);
        var v = random(context, 4);
        var product = hessian.times(v);

        assertEquals(dot(hessian.times(u), v), dot(u, product), 1e-4);
        assertEquals(slope(context, hessian, u, v), dot(u, product), 5e-3);
    }

    /** (⟨u, g(w + hv)⟩ − ⟨u, g(w − hv)⟩) / 2h. */
    private static double slope(
            ScoringContext context,
            HessianProduct hessian,
            Map<String, Tensor> u,
            Map<String, Tensor> v) {
        float h = 0.01f;
        move(context, v, h);
        double above = dot(u, hessian.gradient());
        move(context, v, -2 * h);
        double below = dot(u, hessian.gradient());
        move(context, v, h);
        return (above - below) / (2 * h);
    }

    private static void move(ScoringContext context, Map<String, Tensor> v, float step) {
        for (var target : context.targets()) {
            var weight = target.weight();
            weight.assign(weight.value().detach().plus(v.get(target.name()).times(step)));
        }
    }

    private static Map<String, Tensor> random(ScoringContext context, long seed) {
        var rng = Rng.of(seed);
        var random = new LinkedHashMap<String, Tensor>();
        context.targets().forEach(target -> random.put(target.name(), rng.normal(target.weight().shape(), 1)));
        return random;
    }

    private static double dot(Map<String, Tensor> a, Map<String, Tensor> b) {
        return a.keySet().stream().mapToDouble(name -> a.get(name).times(b.get(name)).sum().item()).sum();
    }
}
