package org.espalier.nn.optim;

import java.util.List;
import org.espalier.nn.Layer;

/**
 * How one step changes a parameter: an immutable configuration such as {@link Adam}, to be {@linkplain #bind bound}
 * to a model. A rule computes on plain arrays, element by element, and knows nothing of masks: the {@link Optimizer}
 * holds masked weights and their moments at zero whatever the rule writes there. Two rules with the same {@code
 * toString} are taken to be the same when a training run is resumed.
 */
public interface Rule {
    /** The learning rate, step by step. */
    LearningRate learningRate();

    /** The names of the moments kept per element, in the order in which {@link Slice#slot} numbers them. */
    List<String> slots();

    /**
     * Computes one step for a stretch of elements: writes their new values and updates their moments. May run on
     * several threads at once, each with its own stretch.
     */
    void update(Slice slice);

    /**
     * Whether {@link #update} reads an element of the gradient before it writes that of the new values, so that one
     * array may hold both; true of the rules of this library. A rule that does not say so gets an array for each.
     */
    default boolean readsGradientFirst() {
        return false;
    }

    /** This rule at another learning rate. */
    default Rule at(LearningRate rate) {
        return new RuleAt(this, rate);
    }

    /** An optimizer for the trainable parameters that the model has now. */
    default Optimizer bind(Layer model) {
        return bind(model, GradientClipping.none());
    }

    /** An optimizer that clips gradients before each step. */
    default Optimizer bind(Layer model, GradientClipping clipping) {
        return new Optimizer(this, clipping, model);
    }
}
