package org.espalier.nn.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.espalier.nn.Mask;
import org.espalier.nn.MaskHistory;
import org.espalier.nn.Parameter;
import org.espalier.sparse.SparsityStructure;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * One parameter under an optimizer, with its moments. Invariant after every method: moments are +0 wherever the mask
 * last seen does not keep the element, and wherever masks have changed since the last step that wrote them. Under a
 * mask that keeps few, only the moments of those are there, in the order of its pattern.
 */
final class Tracked {
    /** Density up to which collecting the kept elements costs less than going over the others. */
    private static final double FEW = 0.5;

    /** The name under which a state holds when moments began, where masks have changed. */
    private static final String RESTARTED = "restarted_at";

    private final String name;
    private final Parameter parameter;
    private final float[][] slots;
    private final Restarts restarts;
    private int steps;
    private MaskHistory seen;
    private SparsityStructure pattern;
    private long[] kept;

    Tracked(String name, Parameter parameter, Optimizer optimizer) {
        this.name = name;
        this.parameter = parameter;
        int slotCount = optimizer.slots().size();
        this.slots = new float[slotCount][];
        this.restarts = optimizer instanceof Adam ? new Restarts() : null;
        see(parameter.maskHistory());
        for (int i = 0; i < slotCount; i++) {
            slots[i] = new float[elements()];
        }
    }

    Parameter parameter() {
        return parameter;
    }

    String name() {
        return name;
    }

    /** How many elements a step computes. */
    int elements() {
        return pattern == null ? parameter.size() : pattern.entries();
    }

    /** Clears moments where the mask has changed, in either direction, since it was last looked at. */
    void followMask() {
        if (seen.next().isEmpty()) {
            return;
        }
        for (int i = 0; i < slots.length; i++) {
            slots[i] = pattern == null ? slots[i] : Storage.array(pattern.tensor(slots[i]));
        }
        var last = seen;
        for (var next = last.next(); next.isPresent(); next = last.next()) {
            clearWhereDifferent(last.mask().orElse(null), next.get().mask().orElse(null));
            last = next.get();
        }
        see(last);
        for (int i = 0; i < slots.length && pattern != null; i++) {
            slots[i] = pattern.values(Storage.adopt(parameter.shape(), slots[i]));
        }
        gatherRestarts();
    }

    private void gatherRestarts() {
        if (restarts != null) {
            restarts.gather(pattern == null ? null : pattern.places(), seen.mask().orElse(null));
        }
    }

    private void clearWhereDifferent(Mask before, Mask after) {
        for (int i = 0; i < parameter.size(); i++) {
            if ((before == null || before.keeps(i)) != (after == null || after.keeps(i))) {
                for (var slot : slots) {
                    slot[i] = 0;
                }
                if (restarts != null) {
                    restarts.restart(parameter.size(), i, steps);
                }
            }
        }
    }

    private void see(MaskHistory now) {
        seen = now;
        var mask = now.mask().orElse(null);
        pattern = mask != null && mask.density() <= FEW ? mask.pattern() : null;
        kept = mask == null || pattern != null ? null : mask.words();
    }

    /** Those elements of the gradient that a step needs. */
    GradientClipping.Named named(Tensor gradient) {
        return pattern == null
                ? new GradientClipping.Named(name, Storage.array(gradient), seen.mask().orElse(null), null)
                : new GradientClipping.Named(name, pattern.values(gradient), null, pattern);
    }

    /** Whether all of the gradient is needed and its rows are still to be computed. */
    boolean usesLazyRows(Tensor gradient) {
        return pattern == null && Storage.hasLazyRows(gradient);
    }

    /** The next step, which leaves the new values in {@code out}; {@link #assign} makes them the parameter's. */
    ParameterSlice next(float rate, float[] gradient, float[] out) {
        steps++;
        float[] value = pattern == null ? Storage.array(parameter.value()) : pattern.values(parameter.value());
        var cohorts = restarts == null ? List.<Restarts.Cohort>of() : restarts.cohorts();
        return new ParameterSlice(parameter.shape(), steps, rate, value, gradient, slots, kept, out, cohorts);
    }

    void assign(float[] values) {
        parameter.assign(pattern == null ? Storage.adopt(parameter.shape(), values) : pattern.tensor(values));
    }

    OptimizerState.Moments moments(List<String> names) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (int i = 0; i < slots.length; i++) {
            tensors.put(
                    names.get(i),
                    pattern == null ? Tensor.of(parameter.shape(), slots[i]) : pattern.tensor(slots[i].clone()));
        }
        if (restarts != null && !restarts.isEmpty()) {
            tensors.put(RESTARTED, restarts.toTensor(parameter.shape()));
        }
        return new OptimizerState.Moments(steps, tensors);
    }

    /** Throws {@link IllegalArgumentException} unless the moments fit this parameter. */
    void requireFit(List<String> names, OptimizerState.Moments moments) {
        var given = new ArrayList<String>(moments == null ? List.of() : moments.slots().keySet());
        boolean restarted = restarts != null && given.remove(RESTARTED);
        if (!given.equals(names)) {
            throw new IllegalArgumentException("optimizer state: " + name + " needs the moments " + names + ", not "
                    + (given.isEmpty() ? "none" : given));
        }
        moments.slots().forEach((slot, tensor) -> {
            if (!tensor.shape().equals(parameter.shape())) {
                throw new IllegalArgumentException("optimizer state: " + slot + " of " + name + " has shape "
                        + tensor.shape() + ", the parameter " + parameter.shape());
            }
        });
        if (restarted) {
            Restarts.require(name, moments.slots().get(RESTARTED), moments.steps());
        }
    }

    void restore(List<String> names, OptimizerState.Moments moments) {
        steps = moments.steps();
        see(parameter.maskHistory());
        var mask = seen.mask().orElse(null);
        for (int i = 0; i < slots.length; i++) {
            var tensor = moments.slots().get(names.get(i));
            if (pattern == null) {
                slots[i] = mask == null ? tensor.toArray() : mask.applyTo(tensor).toArray();
            } else {
                slots[i] = pattern.values(tensor).clone();
            }
        }
        if (restarts != null) {
            restarts.restore(moments.slots().get(RESTARTED));
            gatherRestarts();
        }
    }
}
