package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ParameterTest {
    private static final float[] POISON = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, -2, 3};

    @Test
    void whateverIsAssignedTheMaskHolds() {
        var rng = Rng.of(1);
        var parameter = Parameter.of("weight", rng.normal(Shape.of(8, 8), 1));
        for (int round = 0; round < 50; round++) {
            if (round % 5 == 0) {
                parameter.assignMask(Mask.of(Shape.of(8, 8), i -> rng.nextInt(3) > 0));
            }
            var elements = new float[64];
            for (int i = 0; i < 64; i++) {
                elements[i] = POISON[rng.nextInt(POISON.length)];
            }
            parameter.assign(Tensor.of(Shape.of(8, 8), elements));

            requireMasked(parameter);
            var mask = parameter.mask().orElseThrow();
            for (int i = 0; i < 64; i++) {
                if (mask.keeps(i)) {
                    float held = parameter.value().toArray()[i];
                    assertEquals(Float.floatToRawIntBits(elements[i]), Float.floatToRawIntBits(held));
                }
            }
        }
    }

    private static void requireMasked(Parameter parameter) {
        var mask = parameter.mask().orElseThrow();
        for (int i = 0; i < parameter.size(); i++) {
            assertTrue(mask.keeps(i) || Float.floatToRawIntBits(parameter.value().toArray()[i]) == 0);
        }
    }

    @Test
    void aMaskSetLaterZeroesWhatIsThere() {
        var parameter = Parameter.of("weight", Tensor.vector(POISON));

        parameter.assignMask(Mask.of(Shape.of(6), i -> i > 3));

        requireMasked(parameter);
        assertEquals(2, parameter.kept());
    }

    @Test
    void aWeightIsDrawnWhenItIsFirstRead() {
        var shape = Shape.of(3, 4);
        var weight = Parameter.drawn("weight", shape);
        assertEquals(12, weight.kept());
        assertTrue(weight.mask().isEmpty());
        assertEquals(shape, weight.shape());
        var expected = Init.heNormal().draw(shape, Rng.of(0).split(0));
        assertArrayEquals(expected.toArray(), weight.value().toArray());
        assertSame(weight.value(), weight.value());
        assertTrue(weight.value().requiresGrad());
    }

    @Test
    void aWeightThatIsAssignedFirstIsNeverDrawn() {
        var weight = Parameter.drawn("weight", Shape.of(2, 2));
        weight.assign(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4));
        assertArrayEquals(new float[] {1, 2, 3, 4}, weight.value().toArray());
        assertTrue(weight.mask().isEmpty());
        assertTrue(weight.maskHistory().next().isEmpty());
    }

    @Test
    void aMaskOfAWeightNotYetDrawnCutsWhatIsDrawn() {
        var shape = Shape.of(2, 2);
        var weight = Parameter.drawn("weight", shape);
        weight.restrict(Mask.of(shape, i -> i != 2));
        float[] expected = Init.heNormal().draw(shape, Rng.of(0).split(0)).toArray();
        expected[2] = 0;
        assertArrayEquals(expected, weight.value().toArray());
        assertEquals(3, weight.kept());
    }

    @Test
    void restrictingOnlyEverShrinks() {
        var parameter = Parameter.of("weight", Tensor.vector(1, 2, 3, 4));
        parameter.restrict(Mask.of(Shape.of(4), i -> i != 0));
        parameter.restrict(Mask.of(Shape.of(4), i -> i != 3));

        assertArrayEquals(new float[] {0, 2, 3, 0}, parameter.value().toArray());
        // what an explicit new mask lets grow starts at zero
        parameter.assignMask(Mask.all(Shape.of(4)));
        assertArrayEquals(new float[] {0, 2, 3, 0}, parameter.value().toArray());
        parameter.clearMask();
        assertTrue(parameter.mask().isEmpty());
        assertEquals(4, parameter.kept());
    }

    @Test
    void onlyTrainableValuesAreLeavesOfTheGradient() {
        var tracked = Tensor.vector(1).withGrad().times(2);

        var weight = Parameter.of("weight", tracked);
        var buffer = Parameter.buffer("running_mean", tracked);
        weight.assign(tracked);
        buffer.assign(tracked);

        assertTrue(weight.isTrainable() && weight.value().requiresGrad());
        assertFalse(buffer.isTrainable() || buffer.value().requiresGrad());
        assertEquals(1, weight.value().sum().backward().of(weight.value()).item());
    }

    @Test
    void theShapeNeverChanges() {
        var parameter = Parameter.of("weight", Tensor.zeros(Shape.of(2, 3)));

        var e = assertThrows(ShapeException.class, () -> parameter.assign(Tensor.zeros(Shape.of(3, 2))));
        assertEquals("parameter weight: has shape [2, 3], was given [3, 2]", e.getMessage());
        assertThrows(ShapeException.class, () -> parameter.assignMask(Mask.all(Shape.of(6))));
        assertThrows(ShapeException.class, () -> parameter.restrict(Mask.all(Shape.of(6))));
        assertEquals("weight[2, 3]", parameter.toString());
    }
}
