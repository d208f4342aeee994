package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class StateDictTest {

    private static Linear layer(float... weights) {
        return Linear.of(Tensor.of(Shape.of(2, 2), weights), Tensor.vector(1, -1));
    }

    @Test
    void aStateIsAMomentToComeBackTo() {
        var layer = layer(1, 2, 3, 4);
        layer.weight().assignMask(Mask.of(Shape.of(2, 2), i -> i != 1));
        var state = StateDict.of(layer);

        layer.weight().clearMask();
        layer.weight().assign(Tensor.full(Shape.of(2, 2), 9));
        assertNotEquals(state, StateDict.of(layer));
        state.applyTo(layer);

        assertEquals(state, StateDict.of(layer));
        assertArrayEquals(new float[] {1, 0, 3, 4}, layer.weight().value().toArray());
        assertTrue(layer.weight().value().requiresGrad());
        assertFalse(layer.weight().mask().orElseThrow().keeps(1));
    }

    @Test
    void comingBackRemovesAMaskThatWasNotThere() {
        var layer = layer(1, 2, 3, 4);
        var state = StateDict.of(layer);
        layer.weight().assignMask(Mask.of(Shape.of(2, 2), i -> false));

        state.applyTo(layer);

        assertTrue(layer.weight().mask().isEmpty());
        assertArrayEquals(new float[] {1, 2, 3, 4}, layer.weight().value().toArray());
    }

    @Test
    void takingOneCopiesNothing() {
        var layer = layer(1, 2, 3, 4);

        var state = StateDict.of(layer);

        assertSame(Storage.array(layer.weight().value()), Storage.array(state.value("weight")));
        assertFalse(state.value("weight").requiresGrad());
        assertEquals(List.of("weight", "bias"), List.copyOf(state.entries().keySet()));
        assertEquals(4 * 6, state.bytes());
        assertEquals("StateDict[weight[2, 2], bias[2]]", state.toString());
    }

    @Test
    void arithmeticIsParameterByParameter() {
        var a = StateDict.of(layer(1, 2, 3, 4));
        var b = StateDict.of(layer(5, 6, 7, 8));

        assertArrayEquals(new float[] {6, 8, 10, 12}, a.plus(b).value("weight").toArray());
        assertArrayEquals(new float[] {4, 4, 4, 4}, b.minus(a).value("weight").toArray());
        assertArrayEquals(new float[] {0.5f, -0.5f}, a.times(0.5f).value("bias").toArray());
        var mean = StateDict.average(List.of(a, b, StateDict.of(layer(0, 1, -1, 3))));
        assertArrayEquals(new float[] {2, 3, 3, 5}, mean.value("weight").toArray(), 1e-6f);
        assertEquals(a, StateDict.average(List.of(a)));
    }

    @Test
    void theMeanOfEqualNumbersIsThatNumber() {
        float odd = oddToAverage();
        var same = StateDict.of(layer(odd, 1, 2, 3));
        var mean = StateDict.average(List.of(same, same, same));
        assertEquals(same, mean);
    }

    /** A number that three times itself, times a third, is not. */
    private static float oddToAverage() {
        for (float number = 0.1f; number < 100; number += 0.1f) {
            if ((number + number + number) * (1f / 3) != number) {
                return number;
            }
        }
        throw new AssertionError("there is none");
    }

    @Test
    void aMaskThatKeepsEverythingIsAsGoodAsNoneInArithmetic() {
        var plain = layer(1, 2, 3, 4);
        var full = layer(5, 6, 7, 8);
        full.weight().assignMask(Mask.all(Shape.of(2, 2)));
        var a = StateDict.of(plain);
        var b = StateDict.of(full);

        assertArrayEquals(new float[] {6, 8, 10, 12}, a.plus(b).value("weight").toArray());
        assertArrayEquals(new float[] {4, 4, 4, 4}, b.minus(a).value("weight").toArray());
        assertEquals(a.plus(b), b.plus(a));
        assertArrayEquals(new float[] {3, 4, 5, 6}, StateDict.average(List.of(a, b)).value("weight").toArray());
    }

    @Test
    void arithmeticKeepsMaskedElementsAtPlusZero() {
        var layer = layer(1, 2, 3, 4);
        layer.weight().assignMask(Mask.of(Shape.of(2, 2), i -> i != 0));
        var state = StateDict.of(layer);

        for (var result : List.of(state.times(-1), state.times(Float.NaN), state.minus(state).times(-1))) {
            assertEquals(0, Float.floatToRawIntBits(result.value("weight").toArray()[0]));
            assertEquals(state.mask("weight"), result.mask("weight"));
        }
        assertEquals(4 * 6 + 1, state.bytes());
    }

    @Test
    void equalityIsOfBitsMasksAndOrder() {
        assertEquals(StateDict.of(layer(0, 1, 2, Float.NaN)), StateDict.of(layer(0, 1, 2, Float.NaN)));
        assertEquals(
                StateDict.of(layer(0, 1, 2, 3)).hashCode(), StateDict.of(layer(0, 1, 2, 3)).hashCode());
        assertNotEquals(StateDict.of(layer(0, 1, 2, 3)), StateDict.of(layer(-0f, 1, 2, 3)));
        var masked = layer(0, 1, 2, 3);
        masked.weight().assignMask(Mask.of(Shape.of(2, 2), i -> i != 0));
        assertNotEquals(StateDict.of(layer(0, 1, 2, 3)), StateDict.of(masked));
        // A mask that keeps everything is as good as none.
        var unmasked = layer(0, 1, 2, 3);
        unmasked.weight().assignMask(Mask.all(Shape.of(2, 2)));
        assertEquals(StateDict.of(layer(0, 1, 2, 3)), StateDict.of(unmasked));
        assertEquals(StateDict.of(layer(0, 1, 2, 3)).hashCode(), StateDict.of(unmasked).hashCode());
        var reversed = new LinkedHashMap<>(StateDict.of(layer(0, 1, 2, 3)).entries().reversed());
        assertNotEquals(StateDict.of(layer(0, 1, 2, 3)), StateDict.of(reversed));
    }

    @Test
    void whatDoesNotFitChangesNothing() {
        var model = Sequential.of(Linear.of(2, 2), Linear.of(2, 3));
        var before = StateDict.of(model);

        var narrow = StateDict.of(Sequential.of(layer(1, 2, 3, 4), Linear.of(2, 2)));
        assertThrows(ShapeException.class, () -> narrow.applyTo(model));
        assertThrows(IllegalArgumentException.class, () -> StateDict.of(layer(1, 2, 3, 4)).applyTo(model));
        assertEquals(before, StateDict.of(model));

        var masked = layer(1, 2, 3, 4);
        masked.weight().assignMask(Mask.of(Shape.of(2, 2), i -> i != 1));
        var plain = StateDict.of(layer(1, 2, 3, 4));
        assertThrows(IllegalArgumentException.class, () -> plain.plus(StateDict.of(masked)));
        assertThrows(IllegalArgumentException.class, () -> plain.plus(before));
        assertThrows(IllegalArgumentException.class, () -> plain.value("nothing"));
        assertEquals(Optional.empty(), plain.mask("weight"));
    }
}
