package org.espalier.prune.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.compressed.ActivationScale;
import org.espalier.nn.infer.FormatTable;
import org.espalier.prune.graph.CollapseRisk;

/**
 * What a stage did.
 *
 * @param name the stage's name
 * @param method what it did, in one line
 * @param before the measures before its first step
 * @param steps its steps
 * @param keptStep the step whose model was kept: the last one, an earlier one or 0, the model before the stage, if the
 *     tolerance was exceeded
 * @param layers the layers as the stage left them
 * @param facts what else the stage has to tell of its last step
 * @param risks signs that the model, as the stage left it, has collapsed
 * @param micros the microseconds that the latency table of the pipeline predicts, if there is one
 * @param formats the formats chosen for its layers, if the stage is one of deployment and was not rolled back
 * @param inputScales the scales of the inputs of layers by name, if the stage quantizes inputs
 * @param asked the units that the amount asked to remove, if floors kept some of them
 */
public record StageReport(
        String name,
        String method,
        Map<String, Double> before,
        List<StepReport> steps,
        int keptStep,
        List<LayerReport> layers,
        List<StageFact> facts,
        List<CollapseRisk> risks,
        OptionalDouble micros,
        Optional<FormatTable> formats,
        Optional<Map<String, ActivationScale>> inputScales,
        Optional<Integer> asked) {
    /** Takes its own copies. */
    public StageReport {
        before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
        steps = List.copyOf(steps);
        layers = List.copyOf(layers);
        facts = List.copyOf(facts);
        risks = List.copyOf(risks);
        inputScales = inputScales.map(scales -> Collections.unmodifiableMap(new LinkedHashMap<>(scales)));
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).step() != i + 1) {
                throw new IllegalArgumentException("the steps of a stage must count from 1");
            }
        }
        if (steps.isEmpty() || keptStep < 0 || keptStep > steps.size()) {
            throw new IllegalArgumentException(
                    "a stage of " + steps.size() + " steps cannot have kept step " + keptStep);
        }
    }

    /** Whether the tolerance was exceeded and the model went back to an earlier step. */
    public boolean rolledBack() {
        return keptStep != steps.getLast().step();
    }

    /** The measures after the last step's pruning, before its retraining. */
    public Map<String, Double> pruned() {
        return steps.getLast().pruned();
    }

    /** The measures of the model that the stage left: after its retraining, unless it was rolled back. */
    public Map<String, Double> after() {
        return keptStep == 0 ? before : steps.get(keptStep - 1).retrained();
    }

    /**
     * In a sentence, that floors kept more than the amount asked for; empty if they did not. It begins, for example,
     * {@code 128 of 192 units removed, though 173 were asked for}.
     */
    public Optional<String> heldByFloors() {
        var last = steps.getLast();
        return asked.map(units -> last.removed() + " of " + last.units() + " units removed, though " + units
                + " were asked for: floors keep layers from collapsing; a lower floor removes more");
    }

    /** All layers together. */
    public LayerReport total() {
        return LayerReport.total(layers);
    }
}
