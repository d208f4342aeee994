package org.espalier.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.GradCheck;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryCrossEntropyTest {
    private static final Loss LOSS = Loss.binaryCrossEntropy();

    @Test
    void anUndecidedLogitCostsTheLogarithmOfTwo() {
        assertEquals(StrictMath.log(2), LOSS.value(Tensor.vector(0, 0), Tensor.vector(0, 1)).item(), 1e-7);
    }

    @ParameterizedTest
    @CsvSource({"-80, 0", "-20, 0", "-3, 1", "-0.5, 0.3", "0.25, 0", "2, 0.9", "17, 1", "60, 1", "90, 0"})
    void valueKeepsItsRelativeAccuracyInTheTails(float logit, float target) {
        // log(1 + e⁻ˣ) and log(1 + eˣ) through log1p: neither term cancels
        double small = StrictMath.log1p(StrictMath.exp(-Math.abs(logit)));
        double yes = logit > 0 ? small : small - logit;
        double no = yes + logit;
        double expected = target == 0 ? StrictMath.log1p(StrictMath.exp(logit)) : target * yes + (1 - target) * no;

        float actual = LOSS.value(Tensor.vector(logit), Tensor.vector(target)).item();
        assertEquals(expected, actual, 1e-6 * expected);
    }

    @Test
    void theLargestLogitsGiveFiniteLossesAndGradients() {
        float huge = Float.MAX_VALUE / 4;
        var logits = Tensor.vector(huge, -huge, huge, -huge).withGrad();

        var loss = LOSS.value(logits, Tensor.vector(1, 0, 0, 1));

        assertEquals(huge / 2, loss.item());
        assertArrayEquals(new float[] {0, 0, 0.25f, -0.25f}, loss.backward().of(logits).toArray());
    }

    /** Limits: a sure and right answer costs nothing, a sure and wrong one is infinitely wrong. */
    @Test
    void infiniteLogitsHaveTheLossTheyTendTo() {
        float infinity = Float.POSITIVE_INFINITY;
        var logits = Tensor.vector(-infinity, infinity).withGrad();
        var right = LOSS.value(logits, Tensor.vector(0, 1));
        assertEquals(0, right.item());
        assertArrayEquals(new float[2], right.backward().of(logits).toArray());
        assertEquals(infinity, LOSS.value(logits, Tensor.vector(1, 1)).item());
        assertEquals(infinity, LOSS.value(logits, Tensor.vector(0, 0.5f)).item());
        assertEquals(Float.NaN, LOSS.value(Tensor.vector(Float.NaN), Tensor.vector(0)).item());
    }

    @Test
    void gradientIsSigmoidMinusTargetOverTheElements() {
        var logits = Tensor.of(Shape.of(2, 2), -2, -0.5f, 0.5f, 3).withGrad();
        var target = Tensor.of(Shape.of(2, 2), 0, 1, 0.25f, 1);

        var gradient = LOSS.value(logits, target).backward().of(logits);

        for (int i = 0; i < 4; i++) {
            double sigmoid = 1 / (1 + StrictMath.exp(-logits.toArray()[i]));
            assertEquals((sigmoid - target.toArray()[i]) / 4, gradient.toArray()[i], 1e-7);
        }
    }

    @Test
    void gradientsAgreeWithDifferences() {
        var logits = Rng.of(1).normal(Shape.of(2, 3), 2);
        var target = Rng.of(2).uniform(Shape.of(2, 3), 0, 1);

        assertEquals(0, GradCheck.check(x -> LOSS.value(x[0], x[1]), logits, target).error(), 5e-3);
    }

    @Test
    void nothingIsBroadcast() {
        assertThrows(ShapeException.class, () -> LOSS.value(Tensor.zeros(Shape.of(3, 1)), Tensor.zeros(Shape.of(3))));
    }

    private static final Tensor LOGITS = Tensor.of(Shape.of(3, 2), 2, -1, 0.5f, 0.3f, -3, 1);
    private static final Tensor TARGETS = Tensor.of(Shape.of(3, 2), 1, 0, 0, 1, 1, 1);

    /** The values of the next two tests are PyTorch 1.13's, the focal loss by the formula. */
    @Test
    void positivesMayWeighMore() {
        var loss = Loss.binaryCrossEntropy();
        assertEquals(2.2361226081848145, loss.positiveWeight(3).value(LOGITS, TARGETS).item(), 1e-6);
        assertEquals(1.8746155500411987, loss.positiveWeight(3, 0.5f).value(LOGITS, TARGETS).item(), 1e-6);
        assertThrows(ShapeException.class, () -> loss.positiveWeight(1, 2, 3).value(LOGITS, TARGETS));
        assertThrows(IllegalArgumentException.class, () -> loss.positiveWeight(-1));
    }

    @Test
    void samplesMayHaveWeightsAndTheFocalLossDiscountsWhatIsRight() {
        float[] each = {0.22009485960006714f, 0.7642161250114441f, 1.6809245347976685f};
        assertArrayEquals(each, LOSS.perSample(LOGITS, TARGETS).toArray(), 1e-6f);
        assertEquals(
                (each[0] + 3 * each[2]) / 4, LOSS.value(LOGITS, TARGETS, Tensor.vector(1, 0, 3)).item(), 1e-6);
        assertEquals(
                0.5485342144966125, Loss.binaryCrossEntropy().focal(2).value(LOGITS, TARGETS).item(), 1e-6);
    }

    @Test
    void weightedAndFocalGradientsAgreeWithDifferences() {
        for (var loss : new Loss[] {
            Loss.binaryCrossEntropy().positiveWeight(3, 0.5f), Loss.binaryCrossEntropy().focal(1.5f)
        }) {
            assertEquals(0, GradCheck.check(x -> loss.value(x[0], TARGETS), LOGITS).error(), 5e-3, loss.toString());
        }
    }

    @Test
    void atInfiniteLogitsTheLossHasItsLimit() {
        float inf = Float.POSITIVE_INFINITY;
        for (var loss : new Loss[] {LOSS, Loss.binaryCrossEntropy().positiveWeight(2)}) {
            assertEquals(0, loss.value(Tensor.vector(-inf, inf), Tensor.vector(0, 1)).item());
            assertEquals(inf, loss.value(Tensor.vector(-inf), Tensor.vector(1)).item());
        }
        assertEquals(0, Loss.binaryCrossEntropy().focal(2).value(Tensor.vector(-inf, inf), Tensor.vector(0, 1)).item());
    }
}
