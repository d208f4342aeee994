package org.espalier.prune.criterion;

import java.util.List;
import java.util.Map;
import org.espalier.nn.Layer;
import org.espalier.nn.metrics.Measure;
import org.espalier.prune.notation.Notations;

/** Scores how much each residual block matters; higher scores matter more. */
public sealed interface BlockCriterion permits BlockInfluence, BlockDrop {
    /**
     * What a criterion may look at.
     *
     * @param model the model; not to be changed
     * @param calibration examples
     * @param measures how good a model is; the first one counts
     */
    record Context(Layer model, Calibration calibration, List<Measure> measures) {
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

    /** A few words for tables, such as {@code block influence}; {@link #parse} reads them back. */
    default String text() {
        return Notations.describe(this);
    }

    /**
     * The criterion of this {@linkplain #text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static BlockCriterion parse(String text) {
        return Notations.standard().parse(BlockCriterion.class, text);
    }

    /** How far a block turns what passes through it. */
    static BlockInfluence influence() {
        return new BlockInfluence();
    }

    /** How much worse the model is without the block. */
    static BlockDrop drop() {
        return new BlockDrop();
    }
}
