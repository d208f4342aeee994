package org.espalier.nn.optim;

import org.espalier.kernel.UpdateRule;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Shape;

/**
 * What an {@link Optimizer} computes: the elements [from, to) of one parameter, with everything a step needs to know.
 * All arrays have the same elements in the same order: all of the parameter's in row-major order or, where a mask
 * keeps few, the kept ones only.
 */
public final class ParameterSlice {
    private final Shape shape;
    private final int step;
    private final float rate;
    private final float[] value;
    private final float[] gradient;
    private final float[][] slots;
    private final long[] kept;
    private final float[] out;
    private final int from;
    private final int to;
    private boolean projected;

    /** @param kept the words of the mask, or null */
    ParameterSlice(Shape shape, int step, float rate, float[] value, float[] gradient, float[][] slots, long[] kept,
            float[] out) {
        this(shape, step, rate, value, gradient, slots, kept, out, 0, out.length);
    }

    private ParameterSlice(Shape shape, int step, float rate, float[] value, float[] gradient, float[][] slots,
            long[] kept,
            float[] out, int from, int to) {
        this.shape = shape;
        this.step = step;
        this.rate = rate;
        this.value = value;
        this.gradient = gradient;
        this.slots = slots;
        this.kept = kept;
        this.out = out;
        this.from = from;
        this.to = to;
    }

    ParameterSlice range(int from, int to) {
        return new ParameterSlice(shape, step, rate, value, gradient, slots, kept, out, from, to);
    }

    /** The shape of the parameter. */
    public Shape shape() {
        return shape;
    }

    /** How many steps this parameter has taken, this one included: 1 at first. */
    public int step() {
        return step;
    }

    /** The learning rate of this step. */
    public float rate() {
        return rate;
    }

    /** The first element to compute. */
    public int from() {
        return from;
    }

    /** The end of the elements to compute. */
    public int to() {
        return to;
    }

    /** The present values, to read. */
    public float[] value() {
        return value;
    }

    /** The gradient, to read. */
    public float[] gradient() {
        return gradient;
    }

    /** A moment, to read and write; zero at first and wherever a mask has changed. */
    public float[] slot(int index) {
        return slots[index];
    }

    /** Where the new values go. */
    public float[] out() {
        return out;
    }

    /**
     * Runs a rule that the kernels know, in one pass that obeys the mask. Its first moment is slot 0, its second the
     * next.
     */
    void fused(UpdateRule rule) {
        var first = rule.usesFirst() ? slots[0] : null;
        var second = rule.usesSecond() ? slots[rule.usesFirst() ? 1 : 0] : null;
        projected = true;
        KernelChoice.current().dense().update(rule, from, to, value, gradient, first, second, kept, out);
    }

    /** Writes +0 over values and moments that the mask does not keep, unless a fused rule has done so. */
    void project() {
        if (kept != null && !projected) {
            for (int i = from; i < to; i++) {
                if ((kept[i >>> 6] >>> i & 1) == 0) {
                    out[i] = 0;
                    for (var slot : slots) {
                        slot[i] = 0;
                    }
                }
            }
        }
    }
}
