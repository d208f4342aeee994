package org.espalier.nn.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.nn.Activation;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinearFormatTest {

    static Stream<Optional<Activation>> activations() {
        return Stream.of(
                Optional.empty(),
                Optional.of(Activation.relu()),
                Optional.of(Activation.tanh()),
                Optional.of(Activation.sigmoid()),
                Optional.of(Activation.gelu()),
                Optional.of(Activation.softplus()),
                Optional.of(Activation.leakyRelu(0.1f)));
    }

    @Test
    void theRowsOfACallChooseTheFormat() {
        var rng = Rng.of(1);
        var weight = rng.normal(Shape.of(16, 40), 1).relu();
        var weights = new LinearFormat.Weights("fc1", weight, rng.normal(Shape.of(16), 1), Optional.empty());
        // between 1 and 64 the middle is 8, by ratio
        var step = LinearFormat.byBatch(List.of(64, 1), List.of(Format.CSR, Format.DENSE)).step(weights);

        assertEquals(
                "dense(40 → 16, NONE) up to 8 rows, " + Format.CSR.step(weights), step.toString());
        assertEquals(Format.DENSE.step(weights).bytes() + Format.CSR.step(weights).bytes(), step.bytes());
        for (int rows : new int[] {1, 8, 9, 64, 200}) {
            var x = rng.normal(Shape.of(rows, 40), 1);
            var y = new float[rows * 16];
            step.apply(x.toArray(), 0, rows, y, 0, new Workspace());
            assertArrayEquals(x.linear(weight, weights.bias()).toArray(), y);
            assertEquals(rows > 8 && Format.CSR.step(weights).prefersFeatureMajor(rows),
                    step.prefersFeatureMajor(rows));
        }
        assertEquals(
                Format.CSR.step(weights).toString(),
                LinearFormat.byBatch(List.of(1, 64), List.of(Format.CSR, Format.CSR)).step(weights).toString());
        assertThrows(IllegalArgumentException.class, () -> LinearFormat.byBatch(List.of(1), List.of()));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void theFormatsOfAnyNumberOfRowsShareTheActivation(Optional<Activation> activation) {
        var rng = Rng.of(1);
        var weight = rng.normal(Shape.of(16, 40), 1).relu();
        var weights = new LinearFormat.Weights(
                "fc1", weight, rng.normal(Shape.of(16), 1), activation.map(Activation::pointwise));
        var step = LinearFormat.byBatch(List.of(1, 64), List.of(Format.CSR, Format.DENSE)).step(weights);
        for (int rows : new int[] {1, 8, 9, 64}) {
            var x = rng.normal(Shape.of(rows, 40), 1);
            var linear = x.linear(weight, weights.bias());
            var y = new float[rows * 16];
            step.apply(x.toArray(), 0, rows, y, 0, new Workspace());
            assertArrayEquals(activation.map(function -> function.of(linear)).orElse(linear).toArray(), y);
        }
        String unknown = "LeakyRelu";
        assertEquals(step.toString().indexOf(unknown), step.toString().lastIndexOf(unknown));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void denseStepsGiveTheBitsOfTheOps(Optional<Activation> activation) {
        var rng = Rng.of(1);
        var x = rng.normal(Shape.of(7, 19), 1);
        var weights = new LinearFormat.Weights(
                "fc1", rng.normal(Shape.of(37, 19), 1), rng.normal(Shape.of(37), 1),
                activation.map(Activation::pointwise));
        var linear = x.linear(weights.weight(), weights.bias());
        var expected = activation.map(function -> function.of(linear)).orElse(linear);

        var step = LinearFormat.dense().step(weights);
        var y = new float[3 + 7 * 37];
        step.apply(x.toArray(), 0, 7, y, 3, new Workspace());

        assertEquals(19, step.in());
        assertEquals(37, step.out());
        assertEquals(4 * (37 * 19 + 37), step.bytes());
        assertArrayEquals(expected.toArray(), java.util.Arrays.copyOfRange(y, 3, y.length));
    }
}
