package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EinsumTest {
    private final Values values = new Values(37);

    @ParameterizedTest
    @ValueSource(strings = {
        "ij,jk->ik", "ij,kj->ik", "ji,jk->ik", "ji,kj->ik", "ij,jk->ki", "i,i->", "i,j->ij", "i,j->ji", "ij,ij->",
        "ij,ij->ij", "ij,ij->ji", "ij,ij->i", "ij,j->i", "i,ij->j", "bij,bjk->bik", "bij,bjk->ikb", "ibj,bjk->bik",
        "bij,jk->bik", "abij,abjk->abik", "ijk,jil->kl", "ij,kl->ijkl", "ij,kl->", "ij,k->k", "ij,k->", ",ij->ij",
        ",->", "ij,->j", "bhqd,bhkd->bhqk", "abc,cd->abd", "abc,abd->cd", "i j , j k -> i k"
    })
    void equationsAgreeWithNestedLoops(String equation) {
        for (int round = 0; round < 4; round++) {
            var sizes = new TreeMap<Character, Integer>();
            boolean empty = round == 3;
            equation.chars().filter(Character::isLetter).forEach(letter -> sizes.computeIfAbsent((char) letter,
                    key -> empty ? values.below(3) : 1 + values.below(4)));
            var sides = equation.replace(" ", "").split("->", -1);
            var operands = sides[0].split(",", -1);
            var a = values.tensor(dims(operands[0], sizes));
            var b = values.tensor(dims(operands[1], sizes));
            var found = Tensor.einsum(equation, a, b);
            assertEquals(Shape.of(dims(sides[1], sizes)), found.shape());
            double[] expected = loops(operands[0], operands[1], sides[1], sizes, a, b);
            assertArrayEquals(Doubles.toFloats(expected), found.toArray(), 2e-5f);
        }
    }

    private static int[] dims(String letters, TreeMap<Character, Integer> sizes) {
        return letters.chars().map(letter -> sizes.get((char) letter)).toArray();
    }

    private static double[] loops(
            String left, String right, String result, TreeMap<Character, Integer> sizes, Tensor a, Tensor b) {
        var letters = sizes.keySet().stream().map(String::valueOf).reduce("", String::concat);
        var whole = Shape.of(dims(letters, sizes));
        var to = Shape.of(dims(result, sizes));
        var out = new double[to.size()];
        for (int i = 0; i < whole.size(); i++) {
            int[] index = Index.of(i, whole);
            out[Index.flat(pick(result, letters, index), to)] +=
                    (double) a.get(pick(left, letters, index)) * b.get(pick(right, letters, index));
        }
        return out;
    }

    private static int[] pick(String wanted, String letters, int... index) {
        return wanted.chars().map(letter -> index[letters.indexOf(letter)]).toArray();
    }

    @Test
    void gradientsFlowThroughBothOperands() {
        var worst = GradCheck.check(
                in -> Tensor.einsum("bij,kj->bki", in[0], in[1]).square().sum(),
                values.tensor(2, 3, 4), values.tensor(5, 4));
        assertTrue(worst.error() < 5e-3, worst::toString);
    }

    @Test
    void aPlainProductReadsATransposeInPlace() {
        var lazy = values.tensor(3, 2).transpose();
        assertNotNull(lazy.transposeSource());
        assertArrayEquals(
                lazy.matmul(lazy.transpose()).toArray(), Tensor.einsum("ij,kj->ik", lazy, lazy).toArray(), 1e-6f);
    }

    /** Values of NumPy's einsum, by hand for these small operands. */
    @Test
    void oneOperandIsSummedPermutedAndCutAlongItsDiagonal() {
        var x = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
        assertArrayEquals(new float[] {1, 4}, Tensor.einsum("ii->i", x).toArray());
        assertEquals(5, Tensor.einsum("ii", x).item());
        assertArrayEquals(new float[] {1, 3, 2, 4}, Tensor.einsum("ij->ji", x).toArray());
        assertArrayEquals(new float[] {1, 3, 2, 4}, Tensor.einsum("ba", x).toArray());
        assertArrayEquals(new float[] {3, 7}, Tensor.einsum("ij->i", x).toArray());
        assertEquals(10, Tensor.einsum("ij->", x).item());
        var cube = Tensor.of(Shape.of(2, 3, 2), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertArrayEquals(new float[] {0, 2, 4, 7, 9, 11}, Tensor.einsum("iji->ij", cube).toArray());
        assertThrows(ShapeException.class, () -> Tensor.einsum("ii", Tensor.zeros(Shape.of(2, 3))));
    }

    @Test
    void severalOperandsAreMultipliedFromLeftToRight() {
        var a = values.tensor(2, 3);
        var b = values.tensor(3, 4);
        var c = values.tensor(4, 5);
        assertArrayEquals(a.matmul(b).matmul(c).toArray(), Tensor.einsum("ij,jk,kl->il", a, b, c).toArray(), 1e-6f);
        assertArrayEquals(a.matmul(b).matmul(c).toArray(), Tensor.einsum("ij,jk,kl", a, b, c).toArray(), 1e-6f);
        var weights = values.tensor(3);
        assertArrayEquals(a.times(weights).matmul(b).toArray(), Tensor.einsum("ij,j,jk->ik", a, weights, b).toArray(),
                1e-6f);
    }

    @Test
    void anEllipsisBroadcasts() {
        var a = values.tensor(5, 1, 2, 3);
        var b = values.tensor(4, 3, 2);
        var product = a.matmul(b);
        assertArrayEquals(product.toArray(), Tensor.einsum("...ij,...jk->...ik", a, b).toArray(), 1e-6f);
        assertArrayEquals(product.toArray(), Tensor.einsum("...ij,...jk", a, b).toArray(), 1e-6f);
        assertEquals(Shape.of(2, 5, 4, 2), Tensor.einsum("...ij,...jk->i...k", a, b).shape());
        assertArrayEquals(a.matmul(values.tensor(3, 2).times(0)).toArray(),
                Tensor.einsum("...ij,jk->...ik", a, Tensor.zeros(Shape.of(3, 2))).toArray());
        assertThrows(ShapeException.class,
                () -> Tensor.einsum("...i,...i->...", values.tensor(2, 3), values.tensor(4, 3)));
    }

    @Test
    void gradientsFlowThroughDiagonalsAndSeveralOperands() {
        var worst = GradCheck.check(
                in -> Tensor.einsum("iib,bj,jk->ik", in[0], in[1], in[2]).square().sum(),
                values.tensor(2, 2, 3), values.tensor(3, 4), values.tensor(4, 2));
        assertTrue(worst.error() < 5e-3, worst::toString);
    }

    @Test
    void equationsThatCannotBeReadAreRefused() {
        for (var equation : List.of(
                "", "ij", "ij->ij", "ij,jk,kl->il", "ij,jk->iik", "ij,jk->z", "i1,1k->ik", "ij,jk->ik->i",
                "......,ij->ij", "...i,jk->ik", "ij.,jk->ik", "ij,jk->...ik...")) {
            var thrown = assertThrows(ShapeException.class,
                    () -> Tensor.einsum(equation, values.tensor(2, 2), values.tensor(2, 2)), equation);
            assertTrue(thrown.getMessage().startsWith("einsum: "), thrown.getMessage());
        }
    }

    @Test
    void operandsThatDoNotFitAreRefused() {
        var wrongRank = assertThrows(ShapeException.class,
                () -> Tensor.einsum("ij,jk->ik", values.tensor(2), values.tensor(2, 2)));
        assertEquals("einsum: \"ij\" does not name every axis: [2]", wrongRank.getMessage());
        var wrongSize = assertThrows(ShapeException.class,
                () -> Tensor.einsum("ij,jk->ik", values.tensor(2, 3), values.tensor(4, 5)));
        assertEquals("einsum: axis j has size 3 elsewhere: [4, 5]", wrongSize.getMessage());
    }

    private static String refusal(String equation, Tensor... operands) {
        return assertThrows(ShapeException.class, () -> Tensor.einsum(equation, operands)).getMessage();
    }

    @Test
    void theFirstAndLastLettersAreLabelsAndTheirNeighboursAreNot() {
        var a = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
        var b = Tensor.of(Shape.of(2, 2), 5, 6, 7, 8);
        assertArrayEquals(new float[] {19, 22, 43, 50}, Tensor.einsum("zA,AZ->zZ", a, b).toArray());
        assertArrayEquals(new float[] {19, 22, 43, 50}, Tensor.einsum("Za,az->Zz", a, b).toArray());
        for (var equation : List.of("i`,`k->ik", "i{,{k->ik", "i@,@k->ik", "i[,[k->ik", "i1,1k->ik")) {
            var message = refusal(equation, a, b);
            assertTrue(message.contains("must be letters in \"" + equation + '"'), message);
        }
    }

    /** [1, 2, 3] and [4, 5, 6], each multiplied by [1, 1, 2]. */
    @Test
    void anAxisOfSizeOneUnderAnEllipsisIsRepeatedInEitherOperand() {
        var rows = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        var one = Tensor.of(Shape.of(1, 3), 1, 1, 2);
        assertArrayEquals(new float[] {9, 21}, Tensor.einsum("...i,...i->...", rows, one).toArray());
        assertArrayEquals(new float[] {9, 21}, Tensor.einsum("...i,...i->...", one, rows).toArray());
        assertArrayEquals(new float[] {9, 21}, Tensor.einsum("...i,...i", one, rows).toArray());
    }

    @Test
    void refusalsSayWhatIsWrongWithTheEquation() {
        var x = Tensor.zeros(Shape.of(2, 2));
        var wide = Tensor.zeros(Shape.of(2, 3));
        assertEquals("einsum: \"ii\" names axes of different sizes alike: [2, 3]", refusal("ii", wide));
        assertEquals("einsum: the result names an axis twice, in \"ij,jk->iik\"", refusal("ij,jk->iik", x, x));
        assertEquals("einsum: the result names an axis that no operand has, in \"ij,jk->z\"",
                refusal("ij,jk->z", x, x));
        assertEquals("einsum: the result needs ... for the axes under it, in \"...i,jk->ik\"",
                refusal("...i,jk->ik", x, x));
        assertEquals("einsum: the axes under ... do not broadcast: [3, 2]",
                refusal("...i,...i->...", x, Tensor.zeros(Shape.of(3, 2))));
        assertEquals("einsum: \"ij->ij\" is not 0 operands and a result like \"ij,jk->ik\"", refusal("ij->ij"));
    }
}
