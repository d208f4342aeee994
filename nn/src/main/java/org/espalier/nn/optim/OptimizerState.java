package org.espalier.nn.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.espalier.tensor.Tensor;

/**
 * What a {@link BoundOptimizer} remembers between steps: a value, for checkpoints and for carrying moments over to a
 * model of another shape.
 *
 * @param steps how many steps have been taken
 * @param moments what is remembered per parameter, by full name, in the model's order
 */
public record OptimizerState(int steps, SequencedMap<String, Moments> moments) {
    /** Copies the map. */
    public OptimizerState {
        moments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(moments));
    }

    /**
     * The memory of one parameter.
     *
     * @param steps how many steps reached it
     * @param slots its moments by the optimizer's names, each in the parameter's shape; under {@code restarted_at}, if
     *     there, the steps before the moments of each element began
     */
    public record Moments(int steps, Map<String, Tensor> slots) {
        /** Copies the map. */
        public Moments {
            slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
        }

        /** Every moment changed alike, for example by selecting the rows that remain. */
        public Moments map(UnaryOperator<Tensor> change) {
            var changed = new LinkedHashMap<String, Tensor>();
            slots.forEach((slot, tensor) -> changed.put(slot, change.apply(tensor)));
            return new Moments(steps, changed);
        }
    }

    /**
     * This state with every moment of one parameter changed: what shrinking a model does to its moments.
     *
     * @throws IllegalArgumentException if there is no such parameter
     */
    public OptimizerState map(String parameter, UnaryOperator<Tensor> change) {
        if (!moments.containsKey(parameter)) {
            throw new IllegalArgumentException("no parameter " + parameter + " among " + moments.keySet());
        }
        var changed = new LinkedHashMap<>(moments);
        changed.computeIfPresent(parameter, (name, old) -> old.map(change));
        return new OptimizerState(steps, changed);
    }
}
