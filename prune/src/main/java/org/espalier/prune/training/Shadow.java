package org.espalier.prune.training;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Blueprint;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.nn.StateDict;
import org.espalier.prune.sparsity.Goal;
import org.espalier.prune.sparsity.Lowest;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A training copy whose linear layers keep dense weights and per-weight scores beside the mask. It is trained in place
 * of the model, which gets its values and masks in the end. Layers that share a weight share its mask.
 */
final class Shadow {
    private final MaskedWeights ground;
    private final Layer copy;
    private final List<List<ShadowLinear>> layers;

    /**
     * A shadow that keeps what the model's masks keep.
     *
     * @param linear builds the {@link ShadowLinear} that replaces a linear layer
     * @param more parameters like the weight that it has beyond those, all zero at first
     * @throws IllegalArgumentException if weights are masked that are not of plain linear layers
     * @throws UnsupportedOperationException if a layer does not say how it is copied
     */
    Shadow(Layer model, MaskedWeights ground, LayerKinds.Factory linear, String... more) {
        this.ground = ground;
        var weights = new IdentityHashMap<Parameter, StateDict.Entry>();
        for (int i = 0; i < ground.targets().size(); i++) {
            boolean[] allowed = ground.allowed(i);
            var weight = ground.targets().get(i).weight();
            var mask = Mask.of(weight.shape(), element -> allowed[element]);
            weights.put(weight, new StateDict.Entry(
                    weight.value().detach(), mask.kept() < mask.size() ? Optional.of(mask) : Optional.empty()));
        }
        this.copy = Layers.rebuild(
                model,
                parameter -> weights.getOrDefault(
                        parameter, new StateDict.Entry(parameter.value().detach(), parameter.mask())),
                (path, layer, plan) -> layer instanceof Linear plain
                        ? linear.build(beginnings(plain.weight(), plan, more))
                        : layer.rebuilt(plan));
        var byWeight = new IdentityHashMap<Parameter, List<ShadowLinear>>();
        var found = new ArrayList<List<ShadowLinear>>();
        collect(copy, byWeight, found);
        this.layers = List.copyOf(found);
        if (layers.size() != ground.targets().size()) {
            throw new IllegalArgumentException("weights that are masked can go on learning in plain linear layers only;"
                    + " with rounded ones use a method whose masked weights rest, such as gradual");
        }
    }

    private static Blueprint beginnings(Parameter weight, Blueprint plan, String... more) {
        var kept = new float[weight.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = weight.mask().isEmpty() || weight.mask().get().keeps(i) ? 1 : 0;
        }
        var with = plan.with(Parameter.buffer(ShadowLinear.KEPT, Storage.adopt(weight.shape(), kept)));
        for (String name : more) {
            with = with.with(Parameter.of(name, Tensor.zeros(weight.shape())));
        }
        return with;
    }

    private static void collect(
            Layer layer,
            Map<Parameter, List<ShadowLinear>> byWeight,
            List<List<ShadowLinear>> found) {
        if (layer instanceof ShadowLinear linear) {
            var sharing = byWeight.computeIfAbsent(linear.weight(), weight -> {
                var more = new ArrayList<ShadowLinear>();
                found.add(more);
                return more;
            });
            sharing.add(linear);
        }
        layer.children().values().forEach(child -> collect(child, byWeight, found));
    }

    /** What is to be trained. */
    Layer model() {
        return copy;
    }

    /** The layers that replace the linear layers with the weight of a target. */
    List<ShadowLinear> layers(int target) {
        return layers.get(target);
    }

    /** The weights of a target, those that are not computed with included; not a copy. */
    float[] weights(int target) {
        return Storage.array(layers.get(target).getFirst().weight().value());
    }

    /** Which of them are computed with. */
    boolean[] kept(int target) {
        float[] elements = Storage.array(layers.get(target).getFirst().kept().value());
        var kept = new boolean[elements.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = elements[i] != 0;
        }
        return kept;
    }

    /** Computes with these from now on. */
    void keep(int target, boolean[] keeps) {
        var elements = new float[keeps.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = keeps[i] ? 1 : 0;
        }
        for (var layer : layers.get(target)) {
            layer.kept().assign(Tensor.of(layer.kept().shape(), elements));
        }
    }

    /** Computes from now on with the highest scores among all that are allowed, as many as the goal leaves. */
    void keepHighest(int target, double[] scores, Goal goal) {
        boolean[] keeps = ground.allowed(target).clone();
        int outside = 0;
        for (boolean allowed : keeps) {
            outside += allowed ? 0 : 1;
        }
        Lowest.remove(scores, keeps, 0, keeps.length, goal.removed(keeps.length, outside) - outside);
        keep(target, keeps);
    }

    /** The kept weights, as masks. */
    List<Optional<Mask>> masks() {
        var masks = new ArrayList<Optional<Mask>>();
        for (int i = 0; i < layers.size(); i++) {
            boolean[] kept = kept(i);
            masks.add(Optional.of(Mask.of(ground.targets().get(i).weight().shape(), k -> kept[k])));
        }
        return masks;
    }

    /** Gives the original model the values and masks of the trained copy. */
    void finish(Layer model) {
        var trained = StateDict.of(copy).entries();
        var entries = new LinkedHashMap<String, StateDict.Entry>();
        StateDict.of(model).entries()
                .forEach((name, old) -> entries.put(name, new StateDict.Entry(trained.get(name).value(), old.mask())));
        StateDict.of(entries).applyTo(model);
        for (int i = 0; i < layers.size(); i++) {
            var weight = ground.targets().get(i).weight();
            weight.clearMask();
            weight.assign(trained.get(ground.targets().get(i).name()).value());
            ground.keep(i, kept(i));
        }
    }
}
