package org.espalier.prune.graph;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.espalier.io.Json;
import org.espalier.nn.Architecture;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Layers;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Builds the smaller model from the text that describes the original, with other sizes, and from what is left of its
 * parameters. So names, layers used twice, tied parameters and layers of the user's own come out as they went in.
 */
final class Rebuild {
    private final DependencyGraph graph;
    private final Survival survival;
    private final Map<Parameter, Survivors> survivors = new IdentityHashMap<>();

    Rebuild(DependencyGraph graph, Survival survival) {
        this.graph = graph;
        this.survival = survival;
        graph.model().parameters().forEach((name, parameter) -> survivors.put(parameter, survivors(parameter)));
    }

    private Survivors survivors(Parameter parameter) {
        var shape = parameter.shape();
        var kept = new int[shape.rank()][];
        for (int axis = 0; axis < kept.length; axis++) {
            kept[axis] = IntStream.range(0, shape.dim(axis)).toArray();
        }
        graph.axes().stream()
                .filter(axis -> axis.parameter() == parameter)
                .forEach(axis -> kept[axis.axis()] = survival.kept(axis.span()));
        return new Survivors(shape, kept);
    }

    /** What is left of each parameter, by name. */
    SequencedMap<String, Survivors> survivors() {
        var named = new LinkedHashMap<String, Survivors>();
        graph.model().parameters().forEach((name, parameter) -> named.put(name, survivors.get(parameter)));
        return named;
    }

    /** The whole model, with a selection wherever features from outside are no longer read. */
    Layer model(LayerKinds kinds) {
        var text = Architecture.of(graph.model());
        var layer = new ResizedText(graph, survival).resize("", (Json.Obj) text.members().get("layer"));
        return Layers.build(text.with("layer", layer), kinds, state());
    }

    private StateDict state() {
        var entries = new IdentityHashMap<Parameter, StateDict.Entry>();
        survivors.forEach((parameter, left) -> entries.put(
                parameter, new StateDict.Entry(left.of(parameter.value().detach()), parameter.mask().map(left::of))));
        uses(graph).forEach((bias, uses) -> entries.compute(bias, (key, entry) -> fold(bias, uses, entry)));
        var named = new LinkedHashMap<String, StateDict.Entry>();
        graph.model().parameters().forEach((name, parameter) -> named.put(name, entries.get(parameter)));
        return StateDict.of(named);
    }

    /** The uses of each bias, where constants are folded to. */
    static Map<Parameter, List<DenseNode>> uses(DependencyGraph graph) {
        var uses = new IdentityHashMap<Parameter, List<DenseNode>>();
        for (var node : graph.nodes()) {
            if (node instanceof DenseNode dense) {
                uses.computeIfAbsent(dense.layer().bias(), bias -> new ArrayList<>()).add(dense);
            }
        }
        return uses;
    }

    /** Adds what the removed constants gave to each live output; a bias that was masked is kept from now on. */
    private StateDict.Entry fold(Parameter bias, List<DenseNode> uses, StateDict.Entry entry) {
        int[] rows = survivors.get(bias).along(0);
        float[] values = entry.value().toArray();
        var received = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            // If several uses are live, they agree: Survival saw to it.
            double sum = uses.stream()
                    .filter(use -> survival.facts().isLive(use.out().slot(row)))
                    .findFirst()
                    .map(use -> use.folded(row, survival))
                    .orElse(0.0);
            received[i] = sum != 0;
            values[i] = received[i] ? (float) (values[i] + sum) : values[i];
        }
        Optional<Mask> mask = entry.mask().map(old -> old.or(Mask.of(old.shape(), received)));
        Tensor value = Storage.adopt(entry.value().shape(), values);
        return new StateDict.Entry(value, mask);
    }
}
