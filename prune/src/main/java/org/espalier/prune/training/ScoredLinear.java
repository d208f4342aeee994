package org.espalier.prune.training;

import java.util.ArrayList;
import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.Blueprint;
import org.espalier.nn.Parameter;
import org.espalier.tensor.Tensor;

/** Computes with the kept weights and learns them, and a score for every weight, kept or not. */
final class ScoredLinear extends ShadowLinear {
    static final String SCORES = "scores";

    private final Parameter scores;

    ScoredLinear(Blueprint plan) throws FormatException {
        super(plan);
        this.scores = plan.parameter(SCORES, plan.size("out"), plan.size("in"));
    }

    @Override
    public ScoredLinear rebuilt(Blueprint plan) throws FormatException {
        return new ScoredLinear(plan);
    }

    @Override
    Tensor computed() {
        return ScoredWeight.of(weight().value(), scores.value(), kept().value());
    }

    Parameter scores() {
        return scores;
    }

    @Override
    public List<Parameter> ownParameters() {
        var all = new ArrayList<>(super.ownParameters());
        all.add(scores);
        return all;
    }
}
