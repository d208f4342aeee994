package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final float NAN = Float.NaN;

    @Test
    void comparisonsWithNaNAreFalseExceptInequality() {
        var x = Tensor.vector(NAN, NAN, 1);
        var y = Tensor.vector(NAN, 1, NAN);
        for (var never : new Tensor[] {x.greater(y), x.greaterEqual(y), x.less(y), x.lessEqual(y), x.equalTo(y)}) {
            assertArrayEquals(new float[3], never.toArray());
        }
        assertArrayEquals(new float[] {1, 1, 1}, x.notEqualTo(y).toArray());
    }

    @Test
    void fluentComparisonsMeanWhatTheySay() {
        var x = Tensor.vector(1, 2, 3);
        var two = Tensor.scalar(2);
        assertArrayEquals(new float[] {0, 0, 1}, x.greater(two).toArray());
        assertArrayEquals(new float[] {0, 1, 1}, x.greaterEqual(two).toArray());
        assertArrayEquals(new float[] {1, 0, 0}, x.less(two).toArray());
        assertArrayEquals(new float[] {1, 1, 0}, x.lessEqual(two).toArray());
        assertArrayEquals(new float[] {0, 1, 0}, x.equalTo(two).toArray());
        assertArrayEquals(new float[] {1, 0, 1}, x.notEqualTo(two).toArray());
        assertArrayEquals(new float[] {1}, Tensor.vector(0f).equalTo(Tensor.vector(-0f)).toArray());
    }

    @Test
    void aComparisonIsNamedAfterItsRelation() {
        var x = Tensor.vector(1, 2);
        var thrown = assertThrows(ShapeException.class, () -> x.lessEqual(Tensor.vector(1, 2, 3)));
        assertTrue(thrown.getMessage().startsWith("less_equal: "), thrown.getMessage());
    }

    @Test
    void whereBroadcastsItsThreeOperands() {
        var condition = Tensor.matrix(new float[] {1}, new float[] {0});
        var picked = Tensor.where(condition, Tensor.vector(1, 2, 3), Tensor.scalar(9));
        assertEquals(Shape.of(2, 3), picked.shape());
        assertArrayEquals(new float[] {1, 2, 3, 9, 9, 9}, picked.toArray());
        assertThrows(ShapeException.class,
                () -> Tensor.where(Tensor.vector(1, 0), Tensor.vector(1, 2, 3), Tensor.scalar(9)));
    }

    @Test
    void whereDoesNotLetTheOtherChoiceLeak() {
        var x = Tensor.vector(-1, 4).withGrad();
        var y = Tensor.where(x.greater(Tensor.scalar(0)), x.sqrt(), Tensor.vector(7, NAN));
        assertArrayEquals(new float[] {7, 2}, y.toArray());
        var a = Tensor.vector(1, 2).withGrad();
        var gradients = Tensor.where(Tensor.vector(0, 1), a, Tensor.vector(NAN, NAN)).backward(Tensor.vector(NAN, 3));
        assertArrayEquals(new float[] {0, 3}, gradients.of(a).toArray());
    }

    @Test
    void aConditionTakesNoGradientEvenIfItIsTracked() {
        var condition = Tensor.vector(1, 0).withGrad();
        var a = Tensor.vector(1, 2).withGrad();
        assertFalse(Tensor.where(condition, a, a).sum().backward().contains(condition));
        var direct = Op.apply(new Selection.Where(), condition, a, a).sum().backward();
        assertArrayEquals(new float[2], direct.of(condition).toArray());
    }

    /** What is not 0 is true: also NaN and negative numbers, but not −0. */
    @Test
    void logicFollowsItsTruthTables() {
        var x = Tensor.vector(0, 0, -2, 2, NAN, NAN, -0f);
        var y = Tensor.vector(0, 3, 0, 3, 0, NAN, 1);
        assertArrayEquals(new float[] {0, 0, 0, 1, 0, 1, 0}, x.and(y).toArray());
        assertArrayEquals(new float[] {0, 1, 1, 1, 1, 1, 1}, x.or(y).toArray());
        assertArrayEquals(new float[] {0, 1, 1, 0, 1, 0, 1}, x.xor(y).toArray());
        assertFalse(x.withGrad().and(y.withGrad()).requiresGrad());
    }

    @Test
    void theThirdOperandGetsTheGradientWhereItWasChosen() {
        var a = Tensor.vector(1, 2).withGrad();
        var b = Tensor.vector(3, 4).withGrad();
        var gradients = Tensor.where(Tensor.vector(1, 0), a, b).backward(Tensor.vector(5, 7));
        assertArrayEquals(new float[] {5, 0}, gradients.of(a).toArray());
        assertArrayEquals(new float[] {0, 7}, gradients.of(b).toArray());
    }

    @Test
    void theNumberOfOperandsAndTheirShapesAreChecked() {
        var two = Tensor.vector(1, 2);
        var less = new Selection.Compare(Selection.Relation.LESS);
        assertEquals("less: takes 2 inputs, not 1: [2]", refusal(less, two));
        var where = new Selection.Where();
        assertEquals("where: takes 3 inputs, not 2: [2] and [2]", refusal(where, two, two));
        var complaint = "where: condition and both choices must have one shape: ";
        assertEquals(complaint + "[2] and [2] and [3]", refusal(where, two, two, Tensor.vector(1, 2, 3)));
        assertEquals(complaint + "[1] and [2] and [2]", refusal(where, Tensor.vector(1f), two, two));
    }

    private static String refusal(Op op, Tensor... inputs) {
        return assertThrows(ShapeException.class, () -> Op.apply(op, inputs)).getMessage();
    }
}
