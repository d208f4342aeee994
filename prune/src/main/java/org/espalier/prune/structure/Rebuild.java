package org.espalier.prune.structure;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.nn.Select;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Storage;

/** Builds the smaller model: the same tree of layers, a layer used twice still used twice, with what is left of each. */
final class Rebuild {
    private final DependencyGraph graph;
    private final Survival survival;
    private final Map<Layer, List<Node>> uses = new IdentityHashMap<>();
    private final Map<Layer, Layer> made = new IdentityHashMap<>();
    private final Map<Parameter, Survivors> survivors = new IdentityHashMap<>();

    Rebuild(DependencyGraph graph, Survival survival) {
        this.graph = graph;
        this.survival = survival;
        graph.nodes().forEach(node -> uses.computeIfAbsent(node.layer(), layer -> new ArrayList<>()).add(node));
        for (var parameter : graph.model().parameters().values()) {
            survivors.put(parameter, survivors(parameter));
        }
    }

    private Survivors survivors(Parameter parameter) {
        var shape = parameter.shape();
        var kept = IntStream.range(0, shape.rank())
                .mapToObj(axis -> IntStream.range(0, shape.dim(axis)).toArray())
                .toArray(int[][]::new);
        graph.axes().stream()
                .filter(axis -> axis.parameter() == parameter)
                .forEach(axis -> kept[axis.axis()] = survival.kept(axis.span()));
        return new Survivors(shape, kept);
    }

    Survivors survivorsOf(Parameter parameter) {
        return survivors.get(parameter);
    }

    /** The whole model, behind a choice of inputs if some are no longer read. */
    Layer model() {
        var model = of(graph.model());
        var inputs = graph.inputSpan();
        int[] kept = survival.kept(inputs);
        if (kept.length == inputs.size()) {
            return model;
        }
        var layers = new LinkedHashMap<String, Layer>();
        layers.put(unusedName(model), Select.of(inputs.size(), kept));
        layers.putAll(model.children());
        return Sequential.of(layers);
    }

    private static String unusedName(Layer model) {
        var name = "select";
        while (model.children().containsKey(name)) {
            name += "0";
        }
        return name;
    }

    private Layer of(Layer old) {
        var known = made.get(old);
        if (known != null) {
            return known;
        }
        var fresh = old instanceof Sequential chain ? chain(chain) : leaf(old);
        made.put(old, fresh);
        return fresh;
    }

    private Layer chain(Sequential chain) {
        var layers = new LinkedHashMap<String, Layer>();
        chain.children().forEach((name, child) -> layers.put(name, of(child)));
        return Sequential.of(layers);
    }

    private Layer leaf(Layer old) {
        var nodes = uses.get(old);
        var fresh = nodes.getFirst().resized(survival);
        for (int i = 0; i < old.ownParameters().size() && fresh != old; i++) {
            fill(old.ownParameters().get(i), fresh.ownParameters().get(i));
        }
        if (old instanceof Linear linear && fresh instanceof Linear smaller) {
            fold(linear.bias(), smaller.bias(), nodes);
        }
        return fresh;
    }

    private void fill(Parameter old, Parameter fresh) {
        var left = survivors.get(old);
        fresh.assign(left.of(old.value().detach()));
        old.mask().ifPresent(mask -> fresh.assignMask(left.of(mask)));
    }

    /** Adds what the removed constants gave to each live output; a bias that was masked is kept from now on. */
    private void fold(Parameter old, Parameter bias, List<Node> nodes) {
        int[] rows = survivors.get(old).along(0);
        float[] values = bias.value().toArray();
        var received = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            // If several uses are live, they agree: Survival saw to it.
            double sum = nodes.stream()
                    .map(Node.Dense.class::cast)
                    .filter(use -> survival.facts().isLive(use.out().slot(row)))
                    .findFirst()
                    .map(use -> use.folded(row, survival.facts(), survival))
                    .orElse(0.0);
            if (sum != 0) {
                values[i] = (float) (values[i] + sum);
                received[i] = true;
            }
        }
        bias.mask().ifPresent(mask -> bias.assignMask(mask.or(Mask.of(bias.shape(), i -> received[i]))));
        bias.assign(Storage.adopt(bias.shape(), values));
    }
}
