package org.espalier.prune.pipeline;

import java.util.List;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.FormatTable;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.deploy.Deploy;

/** Where a stage of deployment takes the formats of a model's layers from. */
@FunctionalInterface
interface FormatSource {
    /**
     * The table for a model and batches; empty if there is to be none.
     *
     * @throws IllegalArgumentException if the model has layers that cannot be compiled, or a table is of other batches
     */
    Optional<FormatTable> of(Layer model, List<Integer> batches);

    /** Measures, on this machine and now, with the first of these examples if there are any. */
    static FormatSource measured(Calibration calibration) {
        return (model, batches) -> {
            int[] all = batches.stream().mapToInt(Integer::intValue).toArray();
            var deployed = calibration.batches().isEmpty()
                    ? Deploy.measure(model, all)
                    : Deploy.measure(model, calibration.batches().getFirst().inputs(), all);
            return Optional.of(deployed.table());
        };
    }

    /** No table: for a plan, which measures nothing. */
    static FormatSource none() {
        return (model, batches) -> Optional.empty();
    }

    /** What this table says of layers that the model has in the same size. */
    static FormatSource given(FormatTable table) {
        return (model, batches) -> {
            if (!table.batches().equals(batches)) {
                throw new IllegalArgumentException("deploy: the table of formats is for batches " + table.batches()
                        + ", not " + batches);
            }
            return Optional.of(Deploy.fitting(model, table));
        };
    }
}
