package org.espalier.prune.training;

import java.util.List;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.nn.Blueprint;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerConfig;
import org.espalier.nn.Linear;
import org.espalier.nn.Mode;
import org.espalier.nn.Parameter;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * Replaces a {@link Linear} of the same configuration while a {@link Shadow} is trained. Which weights are kept is a
 * buffer, 1 or 0 for each element, so that checkpoints have it.
 */
abstract sealed class ShadowLinear implements Layer permits MarkedLinear, ScoredLinear, StraightThroughLinear {
    static final String KEPT = "kept";

    private static final String BIAS = "bias";

    private final Parameter weight;
    private final Optional<Parameter> bias;
    private final Parameter kept;

    ShadowLinear(Blueprint plan) throws FormatException {
        int out = plan.size("out");
        int in = plan.size("in");
        this.weight = plan.parameter("weight", out, in);
        boolean biased = !plan.attributes().has(BIAS) || plan.attributes().bool(BIAS);
        this.bias = biased ? Optional.of(plan.parameter(BIAS, out)) : Optional.empty();
        this.kept = plan.buffer(KEPT, out, in);
    }

    /** The weights to compute with. */
    abstract Tensor computed();

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        return x.linear(
                computed(), bias.isPresent() ? bias.get().value() : Tensor.zeros(Shape.of(weight.shape().dim(0))));
    }

    Parameter weight() {
        return weight;
    }

    Parameter kept() {
        return kept;
    }

    @Override
    public List<Parameter> ownParameters() {
        return bias.isPresent() ? List.of(weight, bias.get(), kept) : List.of(weight, kept);
    }

    /** One like this, for a copy. */
    @Override
    public abstract ShadowLinear rebuilt(Blueprint plan) throws FormatException;

    @Override
    public LayerConfig config() {
        var config = LayerConfig.of("linear").with("in", weight.shape().dim(1)).with("out", weight.shape().dim(0));
        return bias.isPresent() ? config : config.with(BIAS, false);
    }
}
