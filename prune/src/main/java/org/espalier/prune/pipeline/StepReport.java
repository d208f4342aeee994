package org.espalier.prune.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step of a stage.
 *
 * @param step its number, from 1
 * @param units units in the scope of the stage, removed ones included
 * @param removed those that were removed after the step
 * @param pruned the measures after pruning, before retraining
 * @param retrained the measures after retraining
 */
public record StepReport(
        int step, int units, int removed, Map<String, Double> pruned, Map<String, Double> retrained) {
    /** Takes its own copies. */
    public StepReport {
        pruned = Collections.unmodifiableMap(new LinkedHashMap<>(pruned));
        retrained = Collections.unmodifiableMap(new LinkedHashMap<>(retrained));
    }
}
