package org.espalier.nn.metrics;

import java.util.function.ToDoubleFunction;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;

/**
 * A number that says how good a model is, for example its accuracy on validation data.
 *
 * @param name what it is called in reports
 * @param higherIsBetter whether more is better; if not, less is
 * @param function computes it; must not change the model
 */
public record Measure(String name, boolean higherIsBetter, ToDoubleFunction<Layer> function) {
    /** A metric on samples. */
    public static Measure of(Metric metric, Dataset samples) {
        return new Measure(metric.name(), metric.higherIsBetter(), model -> metric.of(model, samples));
    }

    /** A measure of which more is better. */
    public static Measure higher(String name, ToDoubleFunction<Layer> function) {
        return new Measure(name, true, function);
    }

    /** A measure of which less is better, such as a loss. */
    public static Measure lower(String name, ToDoubleFunction<Layer> function) {
        return new Measure(name, false, function);
    }

    /** The number for a model. */
    public double of(Layer model) {
        return function.applyAsDouble(model);
    }

    /** How much worse {@code now} is than {@code before}; negative if it is better, NaN if either is. */
    public double drop(double before, double now) {
        return higherIsBetter ? before - now : now - before;
    }
}
