package org.espalier.nn.optim;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
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
    private final List<Restarts.Cohort> cohorts;
    private final int from;
    private final int to;
    private boolean projected;

    /**
     * All elements.
     *
     * @param kept the words of the mask, or null
     * @param cohorts elements whose moments began later than the parameter's
     */
    ParameterSlice(Shape shape, int step, float rate, float[] value, float[] gradient, float[][] slots, long[] kept,
            float[] out, List<Restarts.Cohort> cohorts) {
        this(shape, step, rate, value, gradient, slots, kept, out, cohorts, 0, out.length);
    }

    private ParameterSlice(Shape shape, int step, float rate, float[] value, float[] gradient, float[][] slots,
            long[] kept, float[] out, List<Restarts.Cohort> cohorts, int from, int to) {
        this.shape = shape;
        this.step = step;
        this.rate = rate;
        this.value = value;
        this.gradient = gradient;
        this.slots = slots;
        this.kept = kept;
        this.out = out;
        this.cohorts = cohorts;
        this.from = from;
        this.to = to;
    }

    ParameterSlice range(int from, int to) {
        return new ParameterSlice(shape, step, rate, value, gradient, slots, kept, out, cohorts, from, to);
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

    /**
     * Runs Adam in one pass that obeys the mask, and then computes the values of those elements again whose moments
     * began later than the parameter's, with the correction that belongs to their own number of steps.
     *
     * @param rule the arithmetic for a number of steps
     */
    void fusedAdam(IntFunction<UpdateRule.Adam> rule) {
        var whole = rule.apply(step);
        fused(whole);
        float wholeSize = cohorts.isEmpty() ? 0 : whole.stepSize();
        float wholeScale = cohorts.isEmpty() ? 0 : whole.scale();
        for (var cohort : cohorts) {
            var own = rule.apply(step - cohort.start());
            float stepSize = own.stepSize();
            float scale = own.scale();
            // Old moments need no correction any more, or the same.
            if (stepSize != wholeSize || scale != wholeScale) {
                recompute(cohort.places(), stepSize, scale, own.shrink(), own.epsilon());
            }
        }
    }

    private void recompute(int[] places, float stepSize, float scale, float shrink, float epsilon) {
        float[] first = slots[0];
        float[] second = slots[1];
        int begin = Arrays.binarySearch(places, from);
        for (int i = begin < 0 ? -begin - 1 : begin; i < places.length && places[i] < to; i++) {
            int at = places[i];
            float root = scale * (float) Math.sqrt(second[at]) + epsilon;
            out[at] = value[at] * shrink - stepSize * first[at] / root;
        }
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
