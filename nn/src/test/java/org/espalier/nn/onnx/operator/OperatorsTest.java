package org.espalier.nn.onnx.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.io.DType;
import org.espalier.tensor.GradCheck;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** All operators of the package: values, types, what is known before, and gradients. */
class OperatorsTest {
    private static List<OperatorCase> cases() {
        return Stream.of(ElementwiseCases.all(), ReducingCases.all(), MovingCases.all(), LearningCases.all())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void everyOperatorHasACase() {
        Set<String> tested = cases().stream().map(OperatorCase::name).collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Operators.names(), tested);
    }

    @TestFactory
    Stream<DynamicTest> valuesAreRight() {
        return cases().stream().map(one -> DynamicTest.dynamicTest(one.toString(), () -> {
            var value = one.value();
            assertEquals(one.expected().shape(), value.shape());
            float[] expected = one.expected().toArray();
            float[] actual = value.toArray();
            for (int i = 0; i < expected.length; i++) {
                float tolerance = one.type().isFloat() ? 1e-6f * Math.max(1, Math.abs(expected[i])) : 0;
                boolean exact = Float.isNaN(expected[i]) || Float.isInfinite(expected[i]);
                assertTrue(exact
                        ? Float.compare(expected[i], actual[i]) == 0
                        : Math.abs(expected[i] - actual[i]) <= tolerance, i + ": " + actual[i] + " for " + expected[i]);
            }
        }));
    }

    /** What an operator says of its result before it is computed must be so. */
    @TestFactory
    Stream<DynamicTest> factsAreRight() {
        return cases().stream().map(one -> DynamicTest.dynamicTest(one.toString(), () -> {
            var known = one.operator().dims(one.facts());
            known.ifPresent(dims -> assertEquals(Dims.of(one.expected().shape()), dims));
            assertEquals(one.type(), one.operator().type(one.facts()));
        }));
    }

    /** Operators of which nothing would be known before they are computed could not be looked through. */
    @Test
    void sizesAreKnownWhereAllThatTheyDependOnIs() {
        var unknown = cases().stream()
                .filter(one -> one.inputs().stream().allMatch(input -> input == null || input instanceof Constant
                        || input.type() == DType.F32))
                .filter(one -> one.operator().dims(one.facts()).isEmpty())
                .map(OperatorCase::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of("Einsum", "MatMul", "Range"), unknown);
    }

    /** Where a row depends on its own row alone, a batch without its first row gives the same without its first row. */
    @TestFactory
    Stream<DynamicTest> rowsAreKeptWhereAnOperatorSaysSo() {
        return cases().stream()
                .filter(one -> one.operator().keepsRows(one.facts()))
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> {
                    var fewer = new ArrayList<Operand>();
                    for (var input : one.inputs()) {
                        fewer.add(input instanceof Operand.Computed(Tensor x, DType type)
                                ? new Operand.Computed(x.slice(0, 1, x.dim(0)), type)
                                : input);
                    }
                    var whole = one.value();
                    var part = one.operator().value(new Operands(fewer));
                    assertArrayEquals(whole.slice(0, 1, whole.dim(0)).toArray(), part.toArray());
                }));
    }

    private static final Set<String> STEPS = Set.of("Round", "Floor", "Ceil", "Sign", "QuantizeLinear",
            "DynamicQuantizeLinear", "Hardmax", "ai.onnx.ml.Binarizer", "ai.onnx.ml.LabelEncoder",
            "ai.onnx.ml.OneHotEncoder", "Mod", "OneHot", "Range");

    @TestFactory
    Stream<DynamicTest> gradientsAreThoseOfTheValue() {
        return cases().stream()
                .filter(one -> one.type() == DType.F32 && !STEPS.contains(one.name()) && isSmooth(one))
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> checkGradient(one)));
    }

    /** The gradient of the sum of squares, so that elements count differently. */
    private static void checkGradient(OperatorCase one) {
        var worst = GradCheck.check(inputs -> {
            var operands = new ArrayList<>(one.inputs());
            operands.set(first(one), new Operand.Computed(inputs[0], DType.F32));
            return one.operator().value(new Operands(operands)).square().sum().plus(inputs[0].sum());
        }, one.inputs().get(first(one)).tensor());
        assertTrue(worst.error() < 5e-3, worst.toString());
    }

    private static int first(OperatorCase one) {
        for (int i = 0; i < one.inputs().size(); i++) {
            if (one.inputs().get(i) instanceof Operand.Computed(Tensor x, DType type) && type == DType.F32) {
                return i;
            }
        }
        return -1;
    }

    /** Whether there is something to differentiate, and no kink or infinity near the elements. */
    private static boolean isSmooth(OperatorCase one) {
        if (first(one) < 0) {
            return false;
        }
        for (float x : one.inputs().get(first(one)).tensor().toArray()) {
            if (!(Math.abs(x) < 100) || x == Math.rint(x)) {
                return false;
            }
        }
        return true;
    }

    private static void assertRefused(String why, OperatorCase one) {
        var problem = assertThrows(IllegalArgumentException.class, one::value);
        assertTrue(problem.getMessage().contains(why), problem.getMessage());
    }

    @Test
    void whatWouldBeWrongIsRefused() {
        assertRefused("it has 1 inputs, but takes 2", OperatorCase.of("Add").given(1f));
        assertRefused("its input 1 is missing", OperatorCase.of("Max").given(1f).absent().given(1f));
        assertRefused("the attribute odd is not supported", OperatorCase.of("Relu").with("odd", 1).given(1f));
        assertRefused("there is no axis 2", OperatorCase.of("ArgMax").with("axis", 2).given(1f));
        assertRefused("division of integers by zero",
                OperatorCase.of("Div").given(DType.I64, Shape.of(1), 4).constant(0));
        assertRefused("beyond its range", OperatorCase.of("Add")
                .given(DType.U8, Shape.of(1), 200)
                .given(DType.U8, Shape.of(1), 100));
        assertRefused("beyond its range", OperatorCase.of("Cast").with("to", 7).given(1e9f));
        assertRefused("index 3 is not within 2", OperatorCase.of("Gather").given(1f, 2f).constant(3));
        assertRefused("a result of more than", OperatorCase.of("Expand").given(1f).constant(1 << 20, 1 << 20));
        assertRefused("a result of more than", OperatorCase.of("ConstantOfShape").constant(1 << 30));
        assertRefused("training_mode = 1", OperatorCase.of("BatchNormalization").with("training_mode", 1)
                .given(1f).given(1f).given(1f).given(1f).given(1f));
        assertRefused("block_size", OperatorCase.of("DequantizeLinear").with("block_size", 2).given(1f).given(1f));
        assertRefused("strings are not supported", OperatorCase.of("ai.onnx.ml.LabelEncoder")
                .with("keys_strings", "a").given(1f));
        assertRefused("the mean of integers", OperatorCase.of("Mean")
                .given(DType.I64, Shape.of(1), 4));
        assertRefused("is not 1 operands", OperatorCase.of("Einsum").with("equation", "i,i").given(1f));
        assertRefused("a step of 0", OperatorCase.of("Slice").given(1f).constant(0).constant(1).constant(0)
                .constant(0));
    }
}
