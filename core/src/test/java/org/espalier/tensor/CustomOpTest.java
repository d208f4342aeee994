package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CustomOpTest {
    /** a·b + c of three tensors of one shape: what a user writes to add an op. */
    private record MultiplyAdd() implements CustomOp {
        @Override
        public Shape shape(Shape... inputs) {
            if (inputs.length != 3 || !inputs[0].equals(inputs[1]) || !inputs[1].equals(inputs[2])) {
                throw new ShapeException(name() + ": needs three equal shapes");
            }
            return inputs[0];
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            float[] a = Storage.array(inputs[0]);
            float[] b = Storage.array(inputs[1]);
            float[] c = Storage.array(inputs[2]);
            for (int i = 0; i < out.length; i++) {
                out[i] = Math.fma(a[i], b[i], c[i]);
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
            return input == 2 ? g : g.times(inputs[1 - input]);
        }
    }

    /** An op whose gradient is one of its inputs, as it came. */
    private record Careless() implements CustomOp {
        @Override
        public Shape shape(Shape... inputs) {
            return inputs[0];
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            System.arraycopy(Storage.array(inputs[0]), 0, out, 0, out.length);
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
            return inputs[0];
        }
    }

    private final Tensor x = Tensor.vector(1, 2);

    @Test
    void anOpOfTheUsersWorksLikeAnyOther() {
        var a = x.withGrad();
        var y = Op.apply(new MultiplyAdd(), a, Tensor.vector(3, 4), x);
        assertArrayEquals(new float[] {4, 10}, y.toArray());
        assertArrayEquals(new float[] {3, 4}, y.sum().backward().of(a).toArray());
        var worst = GradCheck.check(in -> Op.apply(new MultiplyAdd(), in).square().sum(), x, x.times(2), x.minus(3));
        assertTrue(worst.error() < 5e-3, worst::toString);
        var thrown = assertThrows(ShapeException.class, () -> Op.apply(new MultiplyAdd(), a));
        assertEquals("multiplyAdd: needs three equal shapes", thrown.getMessage());
    }

    @Test
    void itsGradientCanBeDifferentiatedAgain() {
        var a = Tensor.scalar(3).withGrad();
        var y = Op.apply(new MultiplyAdd(), a, a, a);
        var first = y.backwardWithGraph().of(a);
        assertEquals(7, first.item());
        assertEquals(2, first.backward().of(a).item());
    }

    @Test
    void aGradientHoldsNoGraphEvenIfAnOpReturnsATrackedOne() {
        var a = x.withGrad();
        assertFalse(Op.apply(new Careless(), a.plus(1)).backward(x).of(a).requiresGrad());
    }
}
