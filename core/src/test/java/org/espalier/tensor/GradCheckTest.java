package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GradCheckTest {
    /** x², with a gradient of 2x·{@code factor} that is wrong unless the factor is 1. */
    private record Planted(float factor) implements CustomOp {
        @Override
        public Shape shape(Shape... inputs) {
            return inputs[0];
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            float[] x = Storage.array(inputs[0]);
            for (int i = 0; i < out.length; i++) {
                out[i] = x[i] * x[i];
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
            return g.times(inputs[0]).times(2 * factor);
        }
    }

    private final Values values = new Values(43);

    @Test
    void aRightGradientPasses() {
        var worst = GradCheck.check(in -> Op.apply(new Planted(1), in[0]).sum(), values.tensor(3, 4));
        assertTrue(worst.error() < 5e-3, worst::toString);
        var layer = GradCheck.check(
                in -> in[0].linear(in[1], in[2]).tanh().mean(),
                values.tensor(4, 3), values.tensor(2, 3), values.tensor(2));
        assertTrue(layer.error() < 5e-3, layer::toString);
    }

    @Test
    void aWrongGradientIsFlaggedWhereItIsWorst() {
        var x = Tensor.vector(0.1f, -3, 0.2f);
        var worst = GradCheck.check(in -> in[1].times(2).sum().plus(Op.apply(new Planted(1.1f), in[0]).sum()), x, x);
        assertEquals(0, worst.input());
        assertEquals(1, worst.element());
        assertEquals(-6, worst.numeric(), 1e-3);
        assertEquals(-6.6f, worst.analytic(), 1e-3f);
        assertTrue(worst.error() > 5e-2, worst::toString);
    }

    @Test
    void aGradientThatIsNaNIsFlagged() {
        var worst = GradCheck.check(
                in -> Op.apply(new Planted(Float.NaN), in[0]).sum().plus(in[1].sum()),
                Tensor.vector(1), Tensor.vector(2));
        assertTrue(Double.isNaN(worst.error()), worst::toString);
        assertEquals(0, worst.input());
    }

    @Test
    void aMissingGradientIsFlagged() {
        var worst = GradCheck.check(in -> in[0].times(in[0].detach()).sum(), Tensor.vector(2));
        assertEquals(0.4, worst.error(), 1e-3, "2 instead of 4");
    }
}
