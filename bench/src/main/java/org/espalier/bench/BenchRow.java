package org.espalier.bench;

import org.espalier.bench.report.RowInfo;
import org.espalier.bench.task.Training;
import org.espalier.bench.task.Workload;

/**
 * A line of the table.
 *
 * @param section the heading it stands under
 * @param task what is done
 * @param quick whether the quick run has it too
 */
public record BenchRow(String section, Workload task, boolean quick) {
    /** What the report needs to know. */
    RowInfo info() {
        var cost = task.cost();
        int perEpoch = task instanceof Training training ? training.stepsPerEpoch() : 0;
        return new RowInfo(
                section, task.name(), task.threads(), cost.flops(), cost.bytes(), cost.footprint(), perEpoch);
    }
}
