package org.espalier.prune.criterion;

import java.util.List;
import java.util.Optional;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;

/**
 * All criteria as a Markdown table: formula, source, whether calibration data is needed, and which patterns can be
 * scored. The last two are found by trying each criterion on a small model, so the table cannot be wrong about them.
 */
final class CriteriaTable {
    private static final List<SparsityPattern> PATTERNS =
            List.of(SparsityPattern.weights(), SparsityPattern.neurons(), SparsityPattern.inputs(),
                    SparsityPattern.blocks(2, 1), SparsityPattern.nm(2));

    private CriteriaTable() {}

    static String markdown(List<Criterion> criteria) {
        var model = Sequential.of(Linear.of(4, 4), BatchNorm1d.of(4), Activation.relu(), Linear.of(4, 2));
        // One layer is enough, and not the last: some criteria need what stands behind it.
        var first = List.of(PrunableWeight.of(model).getFirst());
        model.initialize(Init.heNormal(), 1);
        var inputs = Rng.of(2).normal(Shape.of(8, 4), 1);
        var data = Calibration.of(inputs, inputs.slice(1, 0, 2), Loss.meanSquaredError());
        var text = new StringBuilder("| criterion | score of a unit | data | weights | neurons | inputs | blocks | N:M "
                + "| source |\n|---|---|---|---|---|---|---|---|---|\n");
        for (var criterion : criteria) {
            boolean bare = works(criterion, new ScoringContext(model, first, Calibration.none(), 0), PATTERNS);
            text.append("| ").append(criterion.text()).append(" | ").append(escaped(criterion.formula()));
            text.append(" | ").append(bare ? "" : "yes");
            for (var pattern : PATTERNS) {
                boolean works = works(criterion, new ScoringContext(model, first, data, 0), List.of(pattern));
                text.append(" | ").append(works ? "✓" : "");
            }
            text.append(" | ").append(criterion.source()).append(" |\n");
        }
        return text.toString();
    }

    /** Whether the criterion can score one of the patterns. */
    private static boolean works(Criterion criterion, ScoringContext context, List<SparsityPattern> patterns) {
        return patterns.stream().anyMatch(pattern -> {
            try {
                var scores = criterion.score(context);
                for (var target : context.targets()) {
                    scores.get(target.name()).of(pattern.units(target.weight().shape(), Optional.empty()));
                }
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        });
    }

    private static String escaped(String formula) {
        return formula.replace("|", "\\|");
    }
}
