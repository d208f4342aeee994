package org.espalier.prune;

import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.deploy.LatencyTable;
import org.espalier.prune.sparsity.Units;

/**
 * The steps of a pruner's schedule on one model. Amounts and schedules count from the units that the model had when
 * {@link Pruner#steps} was called; every plan looks at the model as it is when it is made.
 */
public final class PruningSteps {
    private final Pruner pruner;
    private final Layer model;
    private final Map<String, Units> atStart;

    PruningSteps(Pruner pruner, Layer model, Map<String, Units> atStart) {
        this.pruner = pruner;
        this.model = model;
        this.atStart = atStart;
    }

    /**
     * What a step would remove. The model is not touched.
     *
     * @param step from 1 to the number of the schedule's steps
     * @param costs what layers take, for budgets of time
     * @throws IllegalArgumentException as {@link Pruner#plan(Layer, Calibration, long)}
     */
    public PruningPlan plan(int step, Calibration calibration, Optional<LatencyTable> costs, long seed) {
        return pruner.plan(model, calibration, costs, seed, atStart, step);
    }
}
