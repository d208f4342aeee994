package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import org.espalier.nn.Layers;
import org.espalier.parallel.Parallelism;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.criterion.RandomScore;
import org.espalier.prune.criterion.Taylor;
import org.espalier.prune.sparsity.SparsityPattern;
import org.junit.jupiter.api.Test;

class SensitivityScanTest {
    private final SensitivityScan scan = SensitivityScan.of(Problems.network(7), Problems.loss())
            .criteria(Magnitude.L1, Taylor.GROUP)
            .sparsities(0, 0.5, 1)
            .calibrate(Problems.calibration());

    @Test
    void everyPointIsTheModelWithOneLayerPruned() {
        var model = Problems.network(7);
        var before = Problems.bits(model);
        var result = SensitivityScan.of(model, Problems.loss()).sparsities(0.5).run();

        assertEquals(before, Problems.bits(model));
        assertEquals(List.of("fc1", "fc2", "fc3"), result.points().stream().map(Sensitivity.Point::layer).toList());
        for (var point : result.points()) {
            var copy = Layers.copy(model);
            Unstructured.perLayer(Magnitude.L1).layers(point.layer()).sparsity(0.5).plan(copy).apply();
            assertEquals(Problems.loss().of(copy), point.value());
        }
    }

    @Test
    void pruningNothingGivesTheDenseMeasure() {
        var result = scan.run();

        assertEquals(18, result.points().size());
        result.points().stream()
                .filter(point -> point.sparsity() == 0)
                .forEach(point -> assertEquals(result.dense(), point.value()));
    }

    @Test
    void scansOfSingleLayersMergeToTheScanOfAll() {
        assertEquals(List.of("fc1", "fc2", "fc3"), scan.layers());
        var magnitude = scan.criteria(Magnitude.L1);
        var parts = scan.layers().stream().map(layer -> magnitude.layers(layer).run()).toList();

        assertEquals(3, parts.getFirst().points().size());
        assertEquals(magnitude.run(), Sensitivity.merge(parts));
        assertThrows(IllegalArgumentException.class, () -> scan.layers("fc4").run());
    }

    @Test
    void theResultIsTheSameForAnyNumberOfThreads() {
        var results = new HashSet<Sensitivity>();
        for (int threads = 1; threads <= 3; threads++) {
            try (var parallel = Parallelism.of(threads)) {
                results.add(parallel.call(scan::run));
            }
        }

        assertEquals(1, results.size());
    }

    @Test
    void neuronsAreScannedButNotTheOutputs() {
        var result = scan.pattern(SparsityPattern.neurons()).criteria(new RandomScore()).seed(3).run();

        assertEquals(6, result.points().size());
        assertEquals(5, result.points().getFirst().units());
    }

    @Test
    void sparsitiesMustAscend() {
        assertThrows(IllegalArgumentException.class, () -> scan.sparsities(0.5, 0.4));
        assertThrows(IllegalArgumentException.class, () -> scan.sparsities(1.1));
    }
}
