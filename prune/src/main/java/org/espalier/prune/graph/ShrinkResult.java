package org.espalier.prune.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.espalier.nn.Layer;
import org.espalier.nn.optim.OptimizerState;
import org.espalier.tensor.Tensor;

/**
 * A shrunk model, and what became of each unit.
 *
 * @param model the smaller model; the names of its parameters are those of the original
 * @param removedBlocks the names of residual blocks taken out whole, which are not listed unit by unit
 * @param removed the units taken out, in the order of the model
 * @param refused the idle units that had to stay
 * @param kept what is left of each parameter, by full name
 * @param inputs which input features the model still reads, along axis 0; empty if its layers do not say how many it
 *     takes
 */
public record ShrinkResult(
        Layer model,
        List<String> removedBlocks,
        List<RemovedUnit> removed,
        List<RefusedUnit> refused,
        SequencedMap<String, KeptIndices> kept,
        KeptIndices inputs) {

    /** The name under which input features are listed among the units. */
    public static final String INPUT = "input";

    /** Copies the collections. */
    public ShrinkResult {
        removedBlocks = List.copyOf(removedBlocks);
        removed = List.copyOf(removed);
        refused = List.copyOf(refused);
        kept = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(kept));
    }

    /**
     * What is left of a tensor that belongs to a parameter, such as a moment of an optimizer.
     *
     * @param parameter the parameter's full name
     * @param tensor a tensor of the parameter's former shape
     * @throws IllegalArgumentException if there was no such parameter
     */
    public Tensor select(String parameter, Tensor tensor) {
        var left = kept.get(parameter);
        if (left == null) {
            throw new IllegalArgumentException("no parameter " + parameter + " among " + kept.keySet());
        }
        return left.of(tensor);
    }

    /**
     * The state of an optimizer as it goes on with the smaller model: the same steps, and of each moment what is left.
     * Parameters of removed blocks are gone from it.
     *
     * @throws IllegalArgumentException if the state is not of the original model
     */
    public OptimizerState carry(OptimizerState state) {
        var moments = new LinkedHashMap<String, OptimizerState.Moments>();
        state.moments().forEach((name, old) -> {
            var left = old.map(moment -> select(name, moment));
            if (!kept.get(name).isEmpty()) {
                moments.put(name, left);
            }
        });
        return new OptimizerState(state.steps(), moments);
    }

    /** How many units of a layer were taken out. */
    public int removedFrom(String layer) {
        return (int) removed.stream().filter(unit -> unit.layer().equals(layer)).count();
    }
}
