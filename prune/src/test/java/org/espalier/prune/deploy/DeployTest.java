package org.espalier.prune.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.FormatTable;
import org.espalier.nn.infer.LayerFormat;
import org.espalier.nn.step.Format;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeployTest {
    /** 40 → 20 with a tenth of the weights, 20 → 8 with all. */
    private static Sequential model() {
        var model = Sequential.of(Linear.of(40, 20), Activation.relu(), Linear.of(20, 8));
        var rng = Rng.of(5);
        model.parameters().values().forEach(parameter -> parameter.assign(rng.normal(parameter.shape(), 1)));
        model.parameters().get("fc1.weight").assignMask(Mask.of(Shape.of(20, 40), i -> i % 10 == i / 40 / 16));
        return model;
    }

    /** Dense weights take 100 µs, the format 94, the others 97. */
    private static Stopwatch favoring(Format format) {
        return (steps, batch, x) -> {
            var micros = new EnumMap<Format, Timing>(Format.class);
            steps.keySet().forEach(each -> micros.put(
                    each, new Timing(each == Format.DENSE ? 100.0 : each == format ? 94 : 97, 0)));
            return new Timings(true, micros);
        };
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void theFastestFormatIsTakenAndTheOutputsStay(Format format) {
        var deployed = Deploy.measure(model(), Optional.empty(), favoring(format), 4);
        var x = Rng.of(1).normal(Shape.of(9, 40), 1);

        // what cannot win on this machine is not measured
        int lanes = KernelChoice.current().sparse().permuteLanes();
        var expected = switch (format) {
            case SELL -> lanes < 16 ? format : Format.DENSE;
            case PERMUTE -> lanes > 0 ? format : Format.DENSE;
            case BITMAP -> lanes == 16 ? format : Format.DENSE;
            default -> format;
        };
        assertEquals(List.of(expected), deployed.table().layer("fc1").orElseThrow().chosen());
        assertEquals(List.of(Format.DENSE), deployed.table().layer("fc2").orElseThrow().chosen());
        assertArrayEquals(model().forward(x).toArray(), deployed.model().predict(x).toArray());
        assertEquals(deployed.model().toString(), Deploy.of(model(), deployed.table()).toString());
    }

    @Test
    void aSlightlyFasterFormatIsNotWorthIt() {
        var table = Deploy.measure(model(), Optional.empty(), favoring(null), 4).table();

        var dense = List.of(Format.DENSE);
        assertTrue(table.layers().stream().allMatch(line -> line.chosen().equals(dense)), table::toString);
    }

    /** Of 100 µs with dense weights: compressed rows 40 and 101, blocks of four 90 and 90, of sixteen 95 and 80. */
    @Test
    void eachBatchTakesTheFastest() {
        Stopwatch stopwatch = (steps, batch, x) -> {
            var micros = new EnumMap<Format, Timing>(Format.class);
            steps.keySet().forEach(format -> micros.put(format, new Timing(switch (format) {
                case CSR -> batch == 1 ? 40.0 : 101;
                case BLOCKS_4 -> 90.0;
                case BLOCKS_16 -> batch == 1 ? 95.0 : 80;
                default -> 100.0;
            }, 0)));
            return new Timings(true, micros);
        };
        var line = Deploy.measure(model(), Optional.empty(), stopwatch, 1, 8).table().layer("fc1").orElseThrow();

        assertEquals(List.of(Format.CSR, Format.BLOCKS_16), line.chosen());
        assertEquals(List.of(40.0, 101.0), line.micros().get(Format.CSR));
        assertEquals(2.5, line.speedup(0));
        assertEquals(1.25, line.speedup(1));
    }

    /** Compressed rows take 70 of 100 µs, but 98 the other time. */
    @Test
    void aGainWithinTheNoiseIsNone() {
        Stopwatch noisy = (steps, batch, x) -> {
            var micros = new EnumMap<Format, Timing>(Format.class);
            steps.keySet().forEach(format -> micros.put(
                    format, format == Format.CSR ? new Timing(70, 0.4) : new Timing(100, 0)));
            return new Timings(true, micros);
        };
        var table = Deploy.measure(model(), Optional.empty(), noisy, 1).table();

        assertEquals(List.of(Format.DENSE), table.layer("fc1").orElseThrow().chosen());
    }

    @Test
    void whatWasMeasuredBeforeItWasCompiledDecidesNothing() {
        Stopwatch young =
                (steps, batch, x) -> new Timings(batch == 8, favoring(Format.CSR).time(steps, batch, x).formats());
        var table = Deploy.measure(model(), Optional.empty(), young, 1, 8).table();

        assertFalse(table.settled());
        assertEquals(List.of(Format.DENSE, Format.CSR), table.layer("fc1").orElseThrow().chosen());
        assertTrue(table.toString().contains("Not all kernels were compiled"), table.toString());
    }

    @Test
    void onlyFormatsThatCanWinAreMeasured() {
        var one = Deploy.measure(model(), Optional.empty(), favoring(null), 1).table();
        var many = Deploy.measure(model(), Optional.empty(), favoring(null), 128).table();

        int lanes = KernelChoice.current().sparse().permuteLanes();
        var measured = EnumSet.of(Format.DENSE, Format.CSR, Format.BLOCKS_4, Format.BLOCKS_8, Format.BLOCKS_16);
        if (lanes > 0) {
            measured.add(Format.PERMUTE);
        }
        measured.add(lanes == 16 ? Format.BITMAP : Format.SELL);
        assertEquals(measured, one.layer("fc1").orElseThrow().micros().keySet());
        assertEquals(Set.of(Format.DENSE), one.layer("fc2").orElseThrow().micros().keySet());
        assertEquals(
                Set.of(Format.DENSE, Format.CSR, Format.BLOCKS_4, Format.BLOCKS_8, Format.BLOCKS_16),
                many.layer("fc1").orElseThrow().micros().keySet());
        assertEquals(0.1, many.layer("fc1").orElseThrow().density());
    }

    @Test
    void aTableForAnotherModelLeavesItDense() {
        var line = new LayerFormat("fc1", 41, 20, 7, List.of(Format.CSR), Map.of(
                Format.DENSE, List.of(2.0), Format.CSR, List.of(1.0)));
        var model = Deploy.of(model(), new FormatTable("elsewhere", true, List.of(1), List.of(line)));

        assertEquals("InferenceModel[dense(40 → 20, RELU), dense(20 → 8, NONE)]", model.toString());
    }

    @Test
    void layersAreMeasuredOnWhatReachesThem() {
        var samples = Rng.of(3).normal(Shape.of(10, 40), 1);
        var hidden = model().children().get("fc1").forward(samples).relu().toArray();
        var seen = new ArrayList<float[]>();
        Stopwatch stopwatch = (steps, batch, x) -> {
            seen.add(x);
            return favoring(null).time(steps, batch, x);
        };
        Deploy.measure(model(), Optional.of(samples), stopwatch, 4);

        // more rows than samples: these are taken again
        assertArrayEquals(samples.toArray(), Arrays.copyOf(seen.get(0), 400));
        assertArrayEquals(samples.toArray(), Arrays.copyOfRange(seen.get(0), 400, 800));
        assertArrayEquals(hidden, Arrays.copyOf(seen.get(1), 200));
        for (var misfit : List.of(Tensor.zeros(Shape.of(2, 39)), Tensor.zeros(Shape.of(0, 40)), Tensor.vector(1))) {
            assertThrows(ShapeException.class, () -> Deploy.measure(model(), misfit, 1));
        }
    }

    @Test
    void theRealClockMeasuresEveryCandidate() {
        var deployed = Deploy.measure(model(), 2, 20);

        assertEquals(List.of(2, 20), deployed.table().batches());

        for (var line : deployed.table().layers()) {
            assertTrue(
                    line.micros().values().stream().flatMap(List::stream).noneMatch(time -> time <= 0), line::toString);
        }
        assertThrows(IllegalArgumentException.class, () -> Deploy.measure(model(), 1, 0));
        assertThrows(IllegalArgumentException.class, () -> Deploy.measure(model()));
    }
}
