package org.espalier.prune.graph;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.nn.Layer;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;

/** Short ways to mask parts of small models. */
final class MaskedModels {
    private MaskedModels() {}

    /** Masks whole slices of a parameter along an axis. */
    static void maskOut(Layer model, String parameter, int axis, int... indices) {
        var one = parameter(model, parameter);
        for (int index : indices) {
            one.restrict(new Slice(parameter, axis, index).maskOut(one.shape()));
        }
    }

    /** Keeps exactly these elements, by row-major number. */
    static void keepOnly(Layer model, String parameter, int... elements) {
        Set<Integer> kept = IntStream.of(elements).boxed().collect(Collectors.toSet());
        var one = parameter(model, parameter);
        one.restrict(Mask.of(one.shape(), kept::contains));
    }

    static Parameter parameter(Layer model, String name) {
        return model.parameters().get(name);
    }
}
