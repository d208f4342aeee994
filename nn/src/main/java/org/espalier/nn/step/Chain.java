package org.espalier.nn.step;

import java.util.ArrayList;
import java.util.List;

/**
 * Steps one after the other; intermediate results go back and forth between buffers. Sparse steps that want features ×
 * batch and follow each other keep that layout: only the first of them reads rows, and only the last one writes them.
 * No steps at all are a copy.
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
        boolean transX = true;
        for (int i = 0; i < steps.length; i++) {
            boolean last = i == steps.length - 1;
            var to = last ? y : free;
            int start = last ? yo : 0;
            if (steps[i].prefersFeatureMajor(rows)) {
                boolean transY = last || !steps[i + 1].prefersFeatureMajor(rows);
                steps[i].apply(transX, transY, here, at, rows, to, start);
                transX = transY;
            } else {
                steps[i].apply(here, at, rows, to, start, workspace);
            }
            here = free;
            at = 0;
            free = other;
            other = here;
        }
        workspace.release();
        workspace.release();
    }

    @Override
    public String toString() {
        return List.of(steps).toString();
    }
}
