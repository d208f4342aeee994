package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.nn.Mask;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class GradientClippingTest {

    private static GradientClipping.Named named(float... gradient) {
        return new GradientClipping.Named("fc1.weight", gradient, null, null);
    }

    @Test
    void theGlobalNormIsTakenOverAllParameters() {
        var clipped = GradientClipping.byGlobalNorm(1).apply(0, List.of(named(3), named(0, 4)));
        assertArrayEquals(new float[] {0.6f}, clipped.get(0), 1e-6f);
        assertArrayEquals(new float[] {0, 0.8f}, clipped.get(1), 1e-6f);
    }

    @Test
    void aSmallGradientIsLeftAsItIs() {
        var gradient = named(0.3f, -0.4f);
        assertSame(gradient.gradient(), GradientClipping.byGlobalNorm(1).apply(0, List.of(gradient)).getFirst());
    }

    @Test
    void theNormOfLargeFloatsDoesNotOverflow() {
        var clipped = GradientClipping.byGlobalNorm(5).apply(0, List.of(named(3e38f, -3e38f)));
        float side = (float) (5 / Math.sqrt(2));
        assertArrayEquals(new float[] {side, -side}, clipped.getFirst(), 1e-5f);
    }

    @Test
    void aMillionthIsAddedToTheNorm() {
        var clipped = GradientClipping.byGlobalNorm(1e-6f).apply(0, List.of(named(1e-7f)));
        // 1e-6 / (1e-7 + 1e-6) of 1e-7
        assertEquals(1e-7 / 1.1, clipped.getFirst()[0], 1e-13);
    }

    @Test
    void clippingByValueLimitsEachElement() {
        var clipped = GradientClipping.byValue(0.5f).apply(0, List.of(named(3, -0.2f, -7)));
        assertArrayEquals(new float[] {0.5f, -0.2f, -0.5f}, clipped.getFirst());
    }

    @Test
    void maskedElementsDoNotCount() {
        var mask = Mask.of(Shape.of(3), i -> i != 1);
        var gradient = new GradientClipping.Named("w", new float[] {0.6f, Float.NaN, 0.8f}, mask, null);
        assertSame(gradient.gradient(), GradientClipping.byGlobalNorm(1.1f).apply(0, List.of(gradient)).getFirst());
    }

    @Test
    void aGradientThatIsNotFiniteIsNamedAndChangesNothing() {
        var model = Weights.of(1, 2);
        var optimizer = Optimizer.adam(0.1f).bind(model, GradientClipping.byGlobalNorm(1));
        optimizer.step(model.gradients(1, 1));
        var values = model.values();
        var moments = optimizer.state().moments().get("w").slots().get("exp_avg").toArray();
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            var gradients = model.gradients(1, bad);
            var thrown = assertThrows(DivergenceException.class, () -> optimizer.step(gradients));
            assertTrue(thrown.getMessage().contains("gradient of w is " + bad + " at element 1"), thrown.getMessage());
        }
        assertArrayEquals(values, model.values());
        assertArrayEquals(moments, optimizer.state().moments().get("w").slots().get("exp_avg").toArray());
        assertEquals(1, optimizer.steps());
    }

    @Test
    void withoutClippingNothingIsChecked() {
        var gradient = named(Float.NaN);
        assertSame(gradient.gradient(), GradientClipping.none().apply(0, List.of(gradient)).getFirst());
    }

    @Test
    void aLimitMustBePositive() {
        assertThrows(IllegalArgumentException.class, () -> GradientClipping.byGlobalNorm(0));
        assertThrows(IllegalArgumentException.class, () -> GradientClipping.byValue(Float.NaN));
    }

    @Test
    void entriesOfAPatternCountInTheOrderOfTheElementsAndAreNamedByThem() {
        var shape = Shape.of(3, 300);
        var mask = Mask.of(shape, i -> i % 10 == 0);
        var dense = Rng.of(1).normal(shape, 1);
        var pattern = mask.pattern();
        var entries = new GradientClipping.Named("w", pattern.values(dense), null, pattern);
        var masked = new GradientClipping.Named("w", dense.toArray(), mask, null);
        var clipping = GradientClipping.byGlobalNorm(0.1f);
        var clipped = Tensor.of(shape, clipping.apply(0, List.of(masked)).getFirst());
        assertArrayEquals(pattern.values(clipped), clipping.apply(0, List.of(entries)).getFirst());

        entries.gradient()[40] = Float.NaN;
        var thrown = assertThrows(DivergenceException.class, () -> clipping.apply(7, List.of(entries)));
        assertEquals("step 7: the gradient of w is NaN at element " + pattern.places()[40], thrown.getMessage());
    }
}
