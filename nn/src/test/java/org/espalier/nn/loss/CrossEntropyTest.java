package org.espalier.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.Labels;
import org.espalier.tensor.GradCheck;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossEntropyTest {

    @Test
    void equalLogitsCostTheLogarithmOfTheClasses() {
        var loss = Loss.crossEntropy().value(Tensor.full(Shape.of(3, 7), 2.5f), Labels.of(0, 3, 6));

        assertEquals(Shape.scalar(), loss.shape());
        assertEquals(StrictMath.log(7), loss.item(), 1e-6);
    }

    @Test
    void twoClassesAreWorkedByHand() {
        // −log(e¹ / (e¹ + e⁰)) = log(1 + e⁻¹) for the first row, log(1 + e³) for the second
        var logits = Tensor.of(Shape.of(2, 2), 1, 0, 3, 0);

        double expected = (StrictMath.log1p(StrictMath.exp(-1)) + StrictMath.log1p(StrictMath.exp(3))) / 2;
        assertEquals(expected, Loss.crossEntropy().value(logits, Labels.of(0, 1)).item(), 1e-6);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.9f})
    void valueIsThatOfTheFormulaInDoublePrecision(float smoothing) {
        var rng = Rng.of(5);
        for (float scale : new float[] {0.1f, 1, 10, 100}) {
            var logits = rng.normal(Shape.of(6, 5), scale);
            int[] labels = {0, 1, 2, 3, 4, 0};

            var target = Tensor.oneHot(5, labels);
            double expected = reference(logits, target, smoothing);
            var loss = Loss.crossEntropy().labelSmoothing(smoothing);
            assertEquals(expected, loss.value(logits, Labels.of(labels)).item(), 2e-6 * Math.max(1, expected));
            assertEquals(expected, loss.value(logits, target).item(), 2e-6 * Math.max(1, expected));
        }
    }

    @Test
    void distributionsAreWeighedClassByClass() {
        var rng = Rng.of(6);
        var logits = rng.normal(Shape.of(4, 3), 2);
        var target = rng.normal(Shape.of(4, 3), 1).softmax();

        double expected = reference(logits, target, 0);
        assertEquals(expected, Loss.crossEntropy().value(logits, target).item(), 1e-6 * Math.max(1, expected));
    }

    @Test
    void gradientIsSoftmaxMinusTargetOverTheBatch() {
        var logits = Rng.of(7).normal(Shape.of(3, 4), 1).withGrad();

        var gradient = Loss.crossEntropy().value(logits, Labels.of(2, 0, 3)).backward().of(logits);

        for (int row = 0; row < 3; row++) {
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                sum += StrictMath.exp(logits.get(row, i));
            }
            for (int i = 0; i < 4; i++) {
                double q = i == new int[] {2, 0, 3}[row] ? 1 : 0;
                assertEquals((StrictMath.exp(logits.get(row, i)) / sum - q) / 3, gradient.get(row, i), 1e-6);
            }
        }
    }

    @Test
    void gradientsAgreeWithDifferences() {
        var rng = Rng.of(8);
        var logits = rng.normal(Shape.of(3, 4), 1);
        var target = rng.normal(Shape.of(3, 4), 1).softmax();
        var loss = Loss.crossEntropy().labelSmoothing(0.2f);

        assertEquals(0, GradCheck.check(x -> loss.value(x[0], Labels.of(1, 3, 0)), logits).error(), 5e-3);
        assertEquals(0, GradCheck.check(x -> loss.value(x[0], x[1]), logits, target).error(), 5e-3);
    }

    @Test
    void extremeLogitsNeitherOverflowNorLoseTheLoss() {
        var logits = Tensor.of(Shape.of(1, 3), 1e30f, -1e30f, 0).withGrad();

        assertEquals(0, Loss.crossEntropy().value(logits, Labels.of(0)).item());
        var wrong = Loss.crossEntropy().value(logits, Labels.of(1));
        assertEquals(2e30f, wrong.item());
        assertEquals(Tensor.of(Shape.of(1, 3), 1, -1, 0).toString(), wrong.backward().of(logits).toString());
    }

    @Test
    void theSharedInstanceDoesNotSmooth() {
        assertEquals(0, Loss.crossEntropy().smoothing());
        assertEquals(Loss.crossEntropy(), Loss.crossEntropy().labelSmoothing(0));
        assertSame(CrossEntropy.class, Loss.crossEntropy().getClass());
    }

    @Test
    void anEmptyBatchHasNoMean() {
        assertEquals(Float.NaN, Loss.crossEntropy().value(Tensor.zeros(Shape.of(0, 3)), Labels.of()).item());
    }

    @Test
    void misfitsAreNamed() {
        var logits = Tensor.zeros(Shape.of(2, 3));
        var loss = Loss.crossEntropy();

        assertThrows(ShapeException.class, () -> loss.value(Tensor.zeros(Shape.of(3)), Labels.of(1)));
        assertThrows(ShapeException.class, () -> loss.value(logits, Labels.of(1)));
        assertThrows(ShapeException.class, () -> loss.value(logits, Labels.of(1, 3)));
        assertThrows(ShapeException.class, () -> loss.value(logits, Tensor.zeros(Shape.of(2, 1))));
        assertThrows(ShapeException.class, () -> loss.value(logits, Tensor.vector(0, 0.5f)));
        assertThrows(IllegalArgumentException.class, () -> Loss.crossEntropy().labelSmoothing(1));
        assertThrows(IllegalArgumentException.class, () -> Loss.crossEntropy().labelSmoothing(-0.1f));
        assertThrows(IllegalArgumentException.class, () -> Loss.crossEntropy().labelSmoothing(Float.NaN));
    }

    private static final Tensor LOGITS =
            Tensor.of(Shape.of(4, 3), 2, -1, 0.5f, 0.3f, 0.1f, -2, 1, 1.5f, -0.5f, -1, 0, 3);
    private static final Tensor LABELS = Labels.of(0, 2, 1, 2);

    /** The values of the next four tests are PyTorch 1.13's. */
    @Test
    void classWeightsWeighSamplesByTheirLabel() {
        var loss = Loss.crossEntropy().classWeights(1, 0.5f, 3);
        assertEquals(1.2762449979782104, loss.value(LOGITS, LABELS).item(), 1e-6);
        assertEquals(1.290010690689087, loss.labelSmoothing(0.1f).value(LOGITS, LABELS).item(), 1e-6);
    }

    @Test
    void classWeightsWeighTheTermsOfDistributions() {
        var targets = Tensor.of(Shape.of(4, 3), 1, 0, 2, 0, 0, 0, 3, 1, 1, 0, 2, 0).softmax();
        var loss = Loss.crossEntropy().classWeights(1, 0.5f, 3);
        assertEquals(2.581955671310425, loss.value(LOGITS, targets).item(), 1e-6);
    }

    @Test
    void theFocalLossDiscountsWhatIsRight() {
        assertEquals(0.6908612251281738, Loss.crossEntropy().focal(2).value(LOGITS, LABELS).item(), 1e-6);
    }

    @Test
    void samplesMayHaveWeights() {
        var loss = Loss.crossEntropy();
        var weights = Tensor.vector(1, 2, 0, 0.5f);
        assertArrayEquals(
                new float[] {0.24131132662296295f, 2.951798677444458f, 0.5549569725990295f, 0.06588391214609146f},
                loss.perSample(LOGITS, LABELS).toArray(),
                1e-6f);
        assertEquals(1.7651002407073975, loss.value(LOGITS, LABELS, weights).item(), 1e-6);
        var weighted = loss.classWeights(1, 0.5f, 3);
        assertEquals(2.123638868331909, weighted.value(LOGITS, LABELS, weights).item(), 1e-6);
        assertEquals(
                weighted.value(LOGITS, LABELS).item(), weighted.value(LOGITS, LABELS, Tensor.scalar(1)).item());
    }

    @Test
    void aSampleOfNoWeightMayHaveAnyLoss() {
        var logits = Tensor.of(Shape.of(2, 2), 0, 0, Float.POSITIVE_INFINITY, 0).withGrad();
        var loss = Loss.crossEntropy().value(logits, Labels.of(0, 1), Tensor.vector(1, 0));
        assertEquals(StrictMath.log(2), loss.item(), 1e-6);
    }

    @Test
    void weightedAndFocalGradientsAgreeWithDifferences() {
        for (var loss : new Loss[] {
            Loss.crossEntropy().classWeights(1, 0.5f, 3).labelSmoothing(0.2f), Loss.crossEntropy().focal(2)
        }) {
            assertEquals(0, GradCheck.check(x -> loss.value(x[0], LABELS), LOGITS).error(), 5e-3, loss.toString());
        }
    }

    @Test
    void impossibleWeightsAreRefused() {
        var loss = Loss.crossEntropy();
        assertThrows(IllegalArgumentException.class, () -> loss.classWeights(1, -1));
        assertThrows(IllegalArgumentException.class, () -> loss.classWeights(1, Float.NaN));
        assertThrows(IllegalArgumentException.class, () -> loss.classWeights(0, 0));
        assertThrows(IllegalArgumentException.class, () -> loss.focal(0.5f));
        assertThrows(IllegalArgumentException.class, () -> loss.focal(2).labelSmoothing(0.1f));
        assertThrows(ShapeException.class, () -> loss.classWeights(1, 2).value(LOGITS, LABELS));
        assertThrows(ShapeException.class, () -> loss.focal(2).value(LOGITS, LOGITS.softmax()));
        assertThrows(ShapeException.class, () -> loss.value(LOGITS, LABELS, Tensor.vector(1, 1)));
        assertThrows(IllegalArgumentException.class, () -> loss.value(LOGITS, LABELS, Tensor.vector(1, 1, 1, -1)));
        assertThrows(IllegalArgumentException.class, () -> loss.value(LOGITS, LABELS, Tensor.zeros(Shape.of(4))));
    }

    private static double reference(Tensor logits, Tensor target, double smoothing) {
        int classes = logits.dim(1);
        double total = 0;
        for (int row = 0; row < logits.dim(0); row++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < classes; i++) {
                max = Math.max(max, logits.get(row, i));
            }
            double sum = 0;
            for (int i = 0; i < classes; i++) {
                sum += StrictMath.exp(logits.get(row, i) - max);
            }
            for (int i = 0; i < classes; i++) {
                double q = (1 - smoothing) * target.get(row, i) + smoothing / classes;
                total -= q * (logits.get(row, i) - max - StrictMath.log(sum));
            }
        }
        return total / logits.dim(0);
    }

    /** A class of probability 0 costs nothing, also where the logit is −∞; a wanted class of logit −∞ costs all. */
    @Test
    void infiniteLogitsOfClassesWithoutWeightDoNotCount() {
        float infinity = Float.POSITIVE_INFINITY;
        var logits = Tensor.of(Shape.of(1, 3), 0, -infinity, 0).withGrad();
        var loss = Loss.crossEntropy().value(logits, Tensor.of(Shape.of(1, 3), 1, 0, 0));
        assertEquals((float) StrictMath.log(2), loss.item(), 1e-7f);
        assertArrayEquals(new float[] {-0.5f, 0, 0.5f}, loss.backward().of(logits).toArray(), 1e-7f);
        assertEquals(infinity, Loss.crossEntropy().value(logits, Tensor.of(Shape.of(1, 3), 0.5f, 0.5f, 0)).item());
        assertEquals(loss.item(), Loss.crossEntropy().value(logits, Tensor.vector(0)).item());
        assertEquals(infinity, Loss.crossEntropy().value(logits, Tensor.vector(1)).item());
    }
}
