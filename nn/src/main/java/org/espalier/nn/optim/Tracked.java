package org.espalier.nn.optim;

import java.util.LinkedHashMap;
import java.util.List;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.tensor.Parallelism;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * One parameter under an optimizer, with its moments. Invariant after every method: moments are +0 wherever the mask
 * last seen does not keep the element, and wherever masks have changed since the last step that wrote them.
 */
final class Tracked {
    /** Elements below which a second thread costs more than it saves. */
    private static final int GRAIN = 1 << 14;

    private final String name;
    private final Parameter parameter;
    private final float[][] slots;
    private int steps;
    private Mask mask;
    private long[] kept;

    Tracked(String name, Parameter parameter, int slotCount) {
        this.name = name;
        this.parameter = parameter;
        this.slots = new float[slotCount][parameter.size()];
        see(parameter.mask().orElse(null));
    }

    Parameter parameter() {
        return parameter;
    }

    String name() {
        return name;
    }

    Mask mask() {
        return mask;
    }

    /** Clears moments where the mask has changed, in either direction, since it was last looked at. */
    void followMask() {
        var now = parameter.mask().orElse(null);
        if (now == mask) {
            return;
        }
        for (int i = 0; i < parameter.size(); i++) {
            if ((mask == null || mask.keeps(i)) != (now == null || now.keeps(i))) {
                for (var slot : slots) {
                    slot[i] = 0;
                }
            }
        }
        see(now);
    }

    private void see(Mask now) {
        mask = now;
        kept = now == null ? null : now.words();
    }

    /** Takes one step and leaves the new value in {@code out}; the caller assigns it. */
    void step(Rule rule, float rate, float[] gradient, float[] out) {
        steps++;
        var whole = new Slice(
                parameter.shape(), steps, rate, Storage.array(parameter.value()), gradient, slots, kept, out);
        Parallelism.current().forRanges(out.length, GRAIN, (from, to) -> {
            var slice = whole.range(from, to);
            rule.update(slice);
            slice.project();
        });
    }

    OptimizerState.Moments moments(List<String> names) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (int i = 0; i < slots.length; i++) {
            tensors.put(names.get(i), Tensor.of(parameter.shape(), slots[i]));
        }
        return new OptimizerState.Moments(steps, tensors);
    }

    /** Throws {@link IllegalArgumentException} unless the moments fit this parameter. */
    void requireFit(List<String> names, OptimizerState.Moments moments) {
        if (moments == null || !List.copyOf(moments.slots().keySet()).equals(names)) {
            throw new IllegalArgumentException("optimizer state: " + name + " needs the moments " + names + ", not "
                    + (moments == null ? "none" : moments.slots().keySet()));
        }
        moments.slots().forEach((slot, tensor) -> {
            if (!tensor.shape().equals(parameter.shape())) {
                throw new IllegalArgumentException("optimizer state: " + slot + " of " + name + " has shape "
                        + tensor.shape() + ", the parameter " + parameter.shape());
            }
        });
    }

    void restore(List<String> names, OptimizerState.Moments moments) {
        steps = moments.steps();
        see(parameter.mask().orElse(null));
        for (int i = 0; i < slots.length; i++) {
            var tensor = moments.slots().get(names.get(i));
            var masked = mask == null ? tensor : mask.applyTo(tensor);
            System.arraycopy(Storage.array(masked), 0, slots[i], 0, masked.size());
        }
    }
}
