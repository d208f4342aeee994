package org.espalier.prune.graph;

import org.espalier.nn.Layer;

/**
 * Turns a masked model into a really smaller one with the same outputs in inference.
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * var model = Sequential.of(Linear.of(4, 8), Activation.relu(), Linear.of(8, 2));
 * var weight = model.parameters().get("fc1.weight");
 * weight.assignMask(Mask.of(weight.shape(), i -> i < 16)); // neurons 4 to 7 get nothing any more
 * Layer smaller = Shrink.of(model).model(); // Linear(4 → 4), Relu, Linear(4 → 2)
 * }
 *
 * <p>A unit goes in one of two ways, which must not be mixed up. It is <em>dead</em> if the masks cut it off from every
 * output: it is left out. It is <em>constant</em> if the masks cut it off from every input: it still emits the
 * activation of its bias, and that constant times the columns that read it is added to the next biases before it is
 * left out. Both cascade. An input that nothing reads goes too; the model then begins with a {@link
 * org.espalier.nn.FeatureSelect}.
 *
 * <p>A residual block whose body adds the same vector for every input goes whole: at once if the vector is zero, else
 * if the bias in front of the block can take it in.
 *
 * <p>What stays: outputs; units that feed a norm over all features or a layer of unknown structure; units tied to a
 * live one; the first unit of a layer that would be empty. {@link ShrinkResult#refused} names them.
 *
 * <p>Outputs differ from those of the masked model by rounding only: a folded constant is summed in double precision
 * and rounded once, and the sums of products skip their zeros. In training the smaller model goes on like one built
 * without those units; a masked model would still train the bias of a constant unit, normalize a constant by its batch
 * and draw dropout for it.
 *
 * <p>The masks of what is left are carried over; a masked bias that takes in a constant is kept from then on.
 *
 * <p>Only masks count: a weight that is zero by chance could still be trained. To shrink a model whose zeros lost their
 * masks, restore them first by {@link org.espalier.nn.Mask#nonZero}.
 *
 * <p>References: bias propagation as in Bragagnolo and Barbano, "Simplify: A Python library for optimizing pruned
 * neural networks", SoftwareX 17 (2022). Cost: a few passes over the weights.
 */
public final class Shrink {
    private Shrink() {}

    /**
     * A smaller copy of the model; the model itself is not touched. Layers that do not say how their features depend on
     * one another keep all their inputs.
     *
     * @throws org.espalier.tensor.ShapeException if the layers do not fit one another
     * @throws UnsupportedOperationException if a layer has parameters and does not say how it is copied
     */
    public static ShrinkResult of(Layer model) {
        return of(model, false);
    }

    /**
     * As {@link #of}, but all inputs stay. The list of the inputs that are read takes more room in a file than the
     * bytes it saves where the first layer is sparse: a weight takes as much whether its neighbours are masked or gone.
     */
    public static ShrinkResult keepingInputs(Layer model) {
        return of(model, true);
    }

    private static ShrinkResult of(Layer model, boolean keepsInputs) {
        var log = new ShrinkLog(model);
        var left = model;
        boolean changed = true;
        // A block that goes can free units, as when it began with a norm; units that go can leave a block constant.
        while (changed) {
            var blocks = BlockRemoval.of(left);
            log.remove(blocks.removed());
            var graph = DependencyGraph.of(blocks.model());
            var decision = RemovalDecision.of(graph, keepsInputs);
            var smaller = new SmallerModel(graph, decision);
            changed = log.enter(graph, decision, smaller.kept());
            left = smaller.model();
        }
        return log.result(left);
    }
}
