package org.espalier.prune.criterion;

import java.util.List;
import java.util.Map;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.metrics.Measure;
import org.espalier.prune.criterion.Calibration;

/** Says how much each residual block matters; higher scores matter more. */
public sealed interface BlockCriterion permits BlockInfluence, BlockDrop {
    /**
     * What a criterion may look at.
     *
     * @param model the model; not to be changed
     * @param kinds the layers it may have
     * @param calibration examples
     * @param measures how good a model is; the first one counts
     */
    record Context(Layer model, LayerKinds kinds, Calibration calibration, List<Measure> measures) {
        /** Takes its own copy of the list. */
        public Context {
            measures = List.copyOf(measures);
        }
    }

    /**
     * Scores blocks.
     *
     * @param blocks the names of residual blocks
     * @return a score for each of them, in the same order
     * @throws IllegalArgumentException if the context lacks what the criterion needs
     */
    Map<String, Double> scores(Context context, List<String> blocks);

    /** A few words for tables, such as {@code block influence}; {@link BlockCriteria#parse} reads them back. */
    String text();
}
