package org.espalier.nn.infer;

import java.util.ArrayList;
import java.util.List;
import org.espalier.kernel.Kernels;

/**
 * Steps one after the other; intermediate results go back and forth between buffers. Sparse steps that want features ×
 * batch and follow each other keep that layout: only the first of them reads rows, and only what follows the last one
 * is transposed back. No steps at all are a copy.
 */
final class Chain implements Step {
    private final int in;
    private final int widest;
    private final Step[] steps;

    private Chain(int in, List<Step> steps) {
        this.in = in;
        this.steps = steps.toArray(new Step[0]);
        int most = 0;
        for (var step : steps) {
            most = Math.max(most, step.out());
        }
        this.widest = most;
    }

    /** The steps for rows of {@code in} numbers, a chain within them unrolled. */
    static Step of(int in, List<Step> steps) {
        var flat = new ArrayList<Step>();
        for (var step : steps) {
            if (step instanceof Chain chain) {
                flat.addAll(List.of(chain.steps));
            } else {
                flat.add(step);
            }
        }
        return flat.size() == 1 ? flat.getFirst() : new Chain(in, flat);
    }

    static Step of(Step first, Step second) {
        return of(first.in(), List.of(first, second));
    }

    @Override
    public int in() {
        return in;
    }

    @Override
    public int out() {
        return steps.length == 0 ? in : steps[steps.length - 1].out();
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (var step : steps) {
            bytes += step.bytes();
        }
        return bytes;
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        if (steps.length == 0) {
            System.arraycopy(x, xo, y, yo, rows * in);
            return;
        }
        int size = rows * widest;
        var here = x;
        int at = xo;
        var free = workspace.take(size);
        var other = workspace.take(size);
        boolean byFeatures = false;
        for (int i = 0; i < steps.length; i++) {
            boolean last = i == steps.length - 1;
            var sparse = steps[i] instanceof SparseStep step && step.byFeatures(rows) ? step : null;
            if (byFeatures && sparse == null) {
                Kernels.active().transpose(steps[i].in(), rows, here, 0, free, 0);
                here = free;
                free = other;
                other = here;
            }
            if (sparse != null) {
                sparse.applyByFeatures(!byFeatures, here, at, rows, free);
            } else {
                steps[i].apply(here, at, rows, last ? y : free, last ? yo : 0, workspace);
            }
            byFeatures = sparse != null;
            here = free;
            at = 0;
            free = other;
            other = here;
        }
        if (byFeatures) {
            Kernels.active().transpose(out(), rows, here, 0, y, yo);
        }
        workspace.release();
        workspace.release();
    }

    @Override
    public String toString() {
        return List.of(steps).toString();
    }
}
