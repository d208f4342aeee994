package org.espalier.nn.optim;

import java.util.List;
import org.espalier.nn.Layer;

/**
 * How one step changes a parameter: an immutable configuration such as {@link Adam}, to be {@linkplain #bind bound} to
 * a model.
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * import org.espalier.nn.data.*;
 * import org.espalier.nn.loss.Loss;
 * import org.espalier.tensor.*;
 * var rows = Rng.of(1).normal(Shape.of(64, 4), 1);
 * var model = Sequential.of(Linear.of(4, 1));
 * var optimizer = Optimizer.adam(1e-3f).bind(model);
 * for (Batch batch : DataLoader.of(Dataset.of(rows, rows.slice(1, 0, 1)), 16).shuffle(1).epoch(0)) {
 *     var loss = Loss.meanSquaredError().value(model.forward(batch.inputs()), batch.targets());
 *     optimizer.step(loss.backward());
 * }
 * }
 *
 * <p>An optimizer computes on plain arrays, element by element, and knows nothing of masks: the {@link BoundOptimizer}
 * holds masked weights and their moments at zero whatever is written there. Two optimizers with the same {@code
 * toString} are taken to be the same when a training run is resumed.
 */
public interface Optimizer {
    /** Adam with betas 0.9 and 0.999, epsilon 1e-8 and no weight decay, at a constant rate. */
    static Adam adam(float rate) {
        return adam(LearningRate.constant(rate));
    }

    /** Adam with betas 0.9 and 0.999, epsilon 1e-8 and no weight decay. */
    static Adam adam(LearningRate rate) {
        return new Adam(rate, 0.9f, 0.999f, 1e-8f, WeightDecay.none(), false);
    }

    /** AdamW with betas 0.9 and 0.999, epsilon 1e-8 and weight decay 0.01, at a constant rate. */
    static Adam adamW(float rate) {
        return adamW(LearningRate.constant(rate));
    }

    /** AdamW with betas 0.9 and 0.999, epsilon 1e-8 and weight decay 0.01. */
    static Adam adamW(LearningRate rate) {
        return new Adam(rate, 0.9f, 0.999f, 1e-8f, WeightDecay.ofAll(0.01f), true);
    }

    /** Stochastic gradient descent without momentum, at a constant rate. */
    static Sgd sgd(float rate) {
        return sgd(LearningRate.constant(rate));
    }

    /** Stochastic gradient descent without momentum. */
    static Sgd sgd(LearningRate rate) {
        return new Sgd(rate, 0, false, WeightDecay.none());
    }

    /** RMSProp with decay 0.99, epsilon 1e-8 and no momentum, at a constant rate. */
    static RmsProp rmsProp(float rate) {
        return rmsProp(LearningRate.constant(rate));
    }

    /** RMSProp with decay 0.99, epsilon 1e-8 and no momentum. */
    static RmsProp rmsProp(LearningRate rate) {
        return new RmsProp(rate, 0.99f, 1e-8f, 0, WeightDecay.none());
    }

    /** The learning rate, step by step. */
    LearningRate learningRate();

    /** The names of the moments kept per element, in the order in which {@link ParameterSlice#slot} numbers them. */
    List<String> slots();

    /**
     * Computes one step for a stretch of elements: writes their new values and updates their moments. May run on
     * several threads at once, each with its own stretch.
     */
    void update(ParameterSlice slice);

    /** An optimizer for the trainable parameters that the model has now. */
    default BoundOptimizer bind(Layer model) {
        return bind(model, GradientClipping.none());
    }

    /** An optimizer that clips gradients before each step. */
    default BoundOptimizer bind(Layer model, GradientClipping clipping) {
        return bind(model, clipping, learningRate());
    }

    /** An optimizer that takes its steps at other learning rates than its own. */
    default BoundOptimizer bind(Layer model, GradientClipping clipping, LearningRate rate) {
        return new BoundOptimizer(this, rate, clipping, model);
    }
}
