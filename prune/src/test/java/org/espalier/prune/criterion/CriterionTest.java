package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.nn.Sequential;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CriterionTest {
    /** By the names that recipes have for them. */
    @Test
    void theAxisHasThemAll() {
        var found = new LinkedHashMap<String, Criterion>();
        found.put("magnitude l1", Criterion.magnitude());
        found.put("magnitude l2", Criterion.l2Magnitude());
        found.put("magnitude lp 0.5", Criterion.lpMagnitude(0.5));
        found.put("random", Criterion.random());
        found.put("fpgm", Criterion.fpgm());
        found.put("gradient magnitude", Criterion.gradientMagnitude());
        found.put("taylor group", Criterion.taylor());
        found.put("saliency", Criterion.saliency());
        found.put("snip", Criterion.snip());
        found.put("wanda", Criterion.wanda());
        found.put("activation apoz", Criterion.apoz());
        found.put("activation mean", Criterion.meanActivation());
        found.put("batch norm scale", Criterion.batchNormScale());
        found.put("grasp", Criterion.grasp());
        found.put("synflow", Criterion.synflow());
        found.put("obd fisher", Criterion.optimalBrainDamage(Curvature.FISHER));
        found.put("hessian trace", Criterion.hessianTrace());
        found.put("rounding-aware int3", Criterion.roundingAware(3));

        found.forEach((name, criterion) -> assertEquals(Criterion.parse(name), criterion, name));
        assertTrue(classes(found.values()).containsAll(classes(Criterion.all())));
    }

    private static Set<Class<?>> classes(Collection<Criterion> criteria) {
        return criteria.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    @Test
    void aCriterionOfOnesOwnIsALambda() {
        Criterion first = context -> context.forEach(target -> units -> new double[] {3, 1, 2});

        assertArrayEquals(new double[] {3, 1, 2}, Cases.neurons(first, Cases.layer(new float[9])));
        assertEquals("CriterionTest (lambda)", first.text());
    }

    @Test
    void aCriterionOfOneWeightAtATimeHasAName() {
        var largest = Criterion.ofEach("largest", target -> Scores.sum(new double[target.weight().size()]));

        assertEquals("largest", largest.text());
        assertArrayEquals(new double[3], Cases.neurons(largest, Cases.layer(new float[9])));
    }

    private static List<Criterion> byGradient() {
        return List.of(
                new Snip(), new Saliency(), Taylor.GROUP, Taylor.SQUARED, Taylor.ABSOLUTE, new GradientMagnitude(),
                new OptimalBrainDamage(Curvature.FISHER), new OptimalBrainDamage(Curvature.HUTCHINSON),
                new HessianTrace(), new Grasp(1));
    }

    /** The gradient of weight 0 is 1, that of the masked weight 1, which is 0, is infinite: 1e20 times 1e20. */
    @ParameterizedTest
    @MethodSource("byGradient")
    void infiniteGradientsOfMaskedWeightsReachNoScore(Criterion criterion) {
        var data = Calibration.of(Tensor.matrix(new float[] {1e-20f, 1e20f, 0}), Tensor.matrix(new float[3]),
                (output, target) -> output.sum().times(1e20f));
        var layer = Cases.layer(2, 7, 0, 3, 7, 0, 5, 7, 0);
        Cases.mask(layer, 1, 4, 7);
        double infinite = MeanGradients.of(ScoringContext.of(Sequential.of(layer), data)).get("fc1.weight")[1];
        assertEquals(Double.POSITIVE_INFINITY, infinite);

        double[] weights = Cases.weights(criterion, layer, data);
        double[] neurons = Cases.neurons(criterion, layer, data);
        for (int row = 0; row < 3; row++) {
            assertTrue(Double.isFinite(weights[3 * row]), () -> Arrays.toString(weights));
            assertEquals(weights[3 * row], neurons[row], 1e-6 * Math.abs(weights[3 * row]));
        }
    }

    @Test
    void noMovementOfMaskedWeightsIsRecorded() {
        var layer = Cases.layer(2, 7, 0, 3, 7, 0, 5, 7, 0);
        Cases.mask(layer, 1, 4, 7);
        var model = Sequential.of(layer);
        var recorder = MovementRecorder.of(model);
        var loss = model.forward(Tensor.matrix(new float[] {1e-20f, 1e20f, 0})).sum().times(1e20f);
        recorder.on(new TrainingEvent.Differentiated(0, 0, loss.backward()));

        assertArrayEquals(new double[] {-2, 0, 0, -3, 0, 0, -5, 0, 0},
                recorder.criterion().movements().get("fc1.weight"), 1e-6);
    }
}
