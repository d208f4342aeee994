package org.espalier.prune.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Relu;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeployTest {
    /** 40 → 20 with a tenth of the weights, 20 → 8 with all. */
    private static Sequential model() {
        var model = Sequential.of(Linear.of(40, 20), Relu.INSTANCE, Linear.of(20, 8));
        var rng = Rng.of(5);
        model.parameters().values().forEach(parameter -> parameter.assign(rng.normal(parameter.shape(), 1)));
        model.parameters().get("fc1.weight").assignMask(Mask.of(Shape.of(20, 40), i -> i % 10 == i / 40 % 10));
        return model;
    }

    /** Dense weights take 100 µs, the format 94, the others 97. */
    private static Stopwatch favoring(Format format) {
        return (steps, batch) -> {
            var micros = new EnumMap<Format, Double>(Format.class);
            steps.keySet().forEach(each -> micros.put(each, each == Format.DENSE ? 100.0 : each == format ? 94 : 97));
            return micros;
        };
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void theFastestFormatIsTakenAndTheOutputsStay(Format format) {
        var deployed = Deploy.measure(model(), 4, favoring(format));
        var x = Rng.of(1).normal(Shape.of(9, 40), 1);

        assertEquals(format, deployed.table().layer("fc1").orElseThrow().chosen());
        assertEquals(Format.DENSE, deployed.table().layer("fc2").orElseThrow().chosen());
        assertArrayEquals(model().forward(x).toArray(), deployed.model().predict(x).toArray());
        assertEquals(deployed.model().toString(), Deploy.of(model(), deployed.table()).toString());
    }

    @Test
    void aSlightlyFasterFormatIsNotWorthIt() {
        var table = Deploy.measure(model(), 4, favoring(null)).table();

        assertTrue(table.layers().stream().allMatch(line -> line.chosen() == Format.DENSE), table::toString);
    }

    @Test
    void onlyFormatsThatCanWinAreMeasured() {
        var one = Deploy.measure(model(), 1, favoring(null)).table();
        var many = Deploy.measure(model(), 128, favoring(null)).table();

        assertEquals(Set.of(Format.values()), one.layer("fc1").orElseThrow().micros().keySet());
        assertEquals(Set.of(Format.DENSE), one.layer("fc2").orElseThrow().micros().keySet());
        assertEquals(
                Set.of(Format.DENSE, Format.CSR, Format.BLOCKS_4, Format.BLOCKS_16),
                many.layer("fc1").orElseThrow().micros().keySet());
        assertEquals(0.1, many.layer("fc1").orElseThrow().density());
    }

    @Test
    void aTableForAnotherModelLeavesItDense() {
        var line = new LayerFormat("fc1", 41, 20, 7, Format.CSR, Map.of(Format.DENSE, 2.0, Format.CSR, 1.0));
        var model = Deploy.of(model(), new FormatTable("elsewhere", 1, List.of(line)));

        assertEquals("InferenceModel[dense(40 → 20, RELU), dense(20 → 8, NONE)]", model.toString());
    }

    @Test
    void theRealClockMeasuresEveryCandidate() {
        var deployed = Deploy.measure(model(), 2);

        for (var line : deployed.table().layers()) {
            assertTrue(line.micros().values().stream().allMatch(time -> time > 0), line::toString);
        }
        assertThrows(IllegalArgumentException.class, () -> Deploy.measure(model(), 0));
    }
}
