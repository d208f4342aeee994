package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.espalier.io.FormatException;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.FormatTable;
import org.espalier.nn.loss.Loss;
import org.espalier.prune.Problems;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Taylor;
import org.espalier.prune.deploy.LatencyTable;
import org.espalier.prune.deploy.LayerLatency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineDirectoryTest {
    /** A table in which one weight of any layer takes as long as said. */
    private static LatencyTable costs(double micros) {
        return new LatencyTable("none", 1, List.of(
                times("fc1", 5, 10, micros), times("fc2", 3, 5, micros), times("fc3", 1, 3, micros)));
    }

    private static LayerLatency times(String layer, int rows, int columns, double micros) {
        double most = rows * columns * micros;
        return new LayerLatency(layer, List.of(rows), List.of(columns), List.of(List.of(most)),
                List.of(rows * columns), List.of(most));
    }

    private static FormatTable formats(int batch) {
        return new FormatTable("none", true, List.of(batch), List.of());
    }

    private static PruningReport run(Path directory, UnaryOperator<Pipeline> change) throws Exception {
        return run(Problems.network(7), directory, change);
    }

    private static PruningReport run(
            Sequential model, Path directory, UnaryOperator<Pipeline> change) throws Exception {
        return change.apply(Pipeline.of(model)
                .stage("here", Unstructured.global(Taylor.GROUP).sparsity(0.5))
                .calibrate(Problems.calibration())
                .costs(costs(1))
                .formats(formats(1))
                .resumeFrom(directory))
                .run();
    }

    private static void isRefused(Path directory, String what, UnaryOperator<Pipeline> change) {
        var model = Problems.network(7);
        var before = Problems.bits(model);

        var e = assertThrows(UncheckedIOException.class, () -> run(model, directory, change));
        assertInstanceOf(FormatException.class, e.getCause());
        assertTrue(e.getMessage().contains(directory.toString()), e.getMessage());
        assertTrue(e.getMessage().contains("another " + what), e.getMessage());
        assertEquals(before, Problems.bits(model));
    }

    @Test
    void theStatesOfARunWithAnotherCalibrationOrOtherTablesAreRefused(@TempDir Path directory) throws Exception {
        var report = run(directory, pipeline -> pipeline);
        var other = Calibration.of(Problems.samples(64, 4), Loss.meanSquaredError(), 16, 64);

        isRefused(directory, "calibration", pipeline -> pipeline.calibrate(other));
        isRefused(directory, "calibration", pipeline -> pipeline.calibrate(Calibration.none()));
        isRefused(directory, "cost table", pipeline -> pipeline.costs(costs(2)));
        isRefused(directory, "format table", pipeline -> pipeline.formats(formats(2)));
        assertEquals(report, run(directory, pipeline -> pipeline
                .calibrate(Problems.calibration()).costs(costs(1)).formats(formats(1))));
    }

    @Test
    void aTableWhereThereWasNoneIsAnother(@TempDir Path directory) throws Exception {
        Pipeline.of(Problems.network(7))
                .stage("here", Unstructured.global(Taylor.GROUP).sparsity(0.5))
                .calibrate(Problems.calibration())
                .resumeFrom(directory)
                .run();

        isRefused(directory, "cost table", pipeline -> pipeline);
    }
}
