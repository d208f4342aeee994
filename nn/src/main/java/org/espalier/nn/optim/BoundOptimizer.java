package org.espalier.nn.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.tensor.Gradients;
import org.espalier.tensor.Tensor;

/**
 * An {@link Optimizer} at work on the trainable parameters of a model:
 *
 * <pre>{@code
 * var optimizer = Optimizer.adam(1e-3f).bind(model);
 * for (var batch : batches) {
 *     var loss = Loss.crossEntropy().value(model.forward(batch.inputs(), Mode.training(rng)), batch.targets());
 *     optimizer.step(loss.backward());
 * }
 * }</pre>
 *
 * <p>After every step, whatever the rule, each element that a parameter's mask does not keep is exactly +0, and so
 * are its moments; a NaN in its gradient goes nowhere. Where a mask has changed since the last step, in either
 * direction and be it there and back, the moments start again from zero. Where a mask keeps few elements, a step costs
 * and stores what those few do. Parameters that the loss does not depend on are left alone. A step
 * replaces values, it never writes into a tensor that someone may hold. An optimizer is for one thread; the
 * arithmetic of a step is shared out over {@link org.espalier.parallel.Parallelism#current()}, with the same bits.
 */
public final class BoundOptimizer {
    private final Optimizer rule;
    private final LearningRate rate;
    private final GradientClipping clipping;
    private final List<Tracked> tracked = new ArrayList<>();
    private int steps;
    private float rateFactor = 1;

    BoundOptimizer(Optimizer rule, LearningRate rate, GradientClipping clipping, Layer model) {
        this.rule = rule;
        this.rate = rate;
        this.clipping = clipping;
        Layers.place(model);
        model.parameters().forEach((name, parameter) -> {
            if (parameter.isTrainable()) {
                tracked.add(new Tracked(name, parameter, rule));
            }
        });
    }

    /** The rule. */
    public Optimizer rule() {
        return rule;
    }

    /** How many steps have been taken. */
    public int steps() {
        return steps;
    }

    /** The learning rate of the next step. */
    public float learningRate() {
        return learningRate(steps);
    }

    /** The learning rate of a step, counted from 0, as the rates are scaled now. */
    public float learningRate(int step) {
        return rateFactor == 1 ? rate.at(step) : rate.at(step) * rateFactor;
    }

    /**
     * Multiplies the learning rates of the schedule, from the next step on, by a factor; an earlier factor no longer
     * counts. Not part of the {@linkplain #state state}.
     *
     * @throws IllegalArgumentException if the factor is negative or not finite
     */
    public void scaleLearningRate(float factor) {
        rateFactor = Require.nonNegative("factor of the learning rate", factor);
    }

    /**
     * Takes one step.
     *
     * @throws IllegalArgumentException if no parameter's present value has a gradient here: the gradients are another
     *     model's, or have been used already, or all parameters were reassigned since they were computed
     * @throws DivergenceException if clipping finds a gradient that is not finite; nothing has changed then
     */
    public void step(Gradients gradients) {
        tracked.forEach(Tracked::followMask);
        var reached = tracked.stream()
                .filter(one -> gradients.contains(one.parameter().value()))
                .toList();
        if (reached.isEmpty()) {
            throw new IllegalArgumentException("step: these gradients reach none of the parameters' present values;"
                    + " compute them again after every step, mask or load");
        }
        boolean inPlace = clipping.kind() == GradientClipping.Kind.NONE && rule instanceof FusedOptimizer;
        var pending = new ArrayList<Tensor>();
        var named = new ArrayList<GradientClipping.Named>();
        for (var one : reached) {
            var gradient = gradients.of(one.parameter().value());
            var rows = inPlace && one.usesLazyRows(gradient) ? gradient : null;
            pending.add(rows);
            if (rows == null) {
                named.add(one.named(gradient));
            }
        }
        var clipped = clipping.apply(steps, named).iterator();
        // Everything is allocated before anything changes, so that running out of memory leaves no half-taken step.
        var values = reached.stream().map(one -> new float[one.elements()]).toList();
        var pieces = new Pieces();
        float rate = learningRate();
        for (int i = 0; i < reached.size(); i++) {
            float[] out = values.get(i);
            float[] gradient = pending.get(i) == null ? clipped.next() : out;
            pieces.add(reached.get(i).next(rate, gradient, out), pending.get(i));
        }
        pieces.update(rule);
        for (int i = 0; i < reached.size(); i++) {
            reached.get(i).assign(values.get(i));
        }
        steps++;
    }

    /** Counts a step that changes no weight: its learning rate is passed over. Moments follow masks all the same. */
    public void skipStep() {
        tracked.forEach(Tracked::followMask);
        steps++;
    }

    /** What this optimizer remembers, as a value. */
    public OptimizerState state() {
        var moments = new LinkedHashMap<String, OptimizerState.Moments>();
        for (var one : tracked) {
            one.followMask();
            moments.put(one.name(), one.moments(rule.slots()));
        }
        return new OptimizerState(steps, moments);
    }

    /**
     * Continues from a state; moments under a mask become zero.
     *
     * @throws IllegalArgumentException if the names, slots or shapes are not those of this rule and model; nothing has
     *     changed then
     */
    public void restore(OptimizerState state) {
        var names = tracked.stream().map(Tracked::name).toList();
        if (!names.equals(List.copyOf(state.moments().keySet()))) {
            throw new IllegalArgumentException(
                    "optimizer state: is for " + state.moments().keySet() + ", the model has " + names);
        }
        tracked.forEach(one -> one.requireFit(rule.slots(), state.moments().get(one.name())));
        tracked.forEach(one -> one.restore(rule.slots(), state.moments().get(one.name())));
        steps = state.steps();
    }
}
