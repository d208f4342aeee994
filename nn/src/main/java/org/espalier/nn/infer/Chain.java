package org.espalier.nn.infer;

import java.util.ArrayList;
import java.util.List;

/** Steps one after the other; intermediate results go back and forth between two buffers. None at all is a copy. */
final class Chain implements Step {
    private final int in;
    private final int widest;
    private final Step[] steps;

    private Chain(int in, List<Step> steps) {
        this.in = in;
        this.steps = steps.toArray(Step[]::new);
        this.widest = steps.stream().mapToInt(Step::out).max().orElse(0);
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
        var even = workspace.take(rows * widest);
        var odd = workspace.take(rows * widest);
        int last = steps.length - 1;
        for (int i = 0; i <= last; i++) {
            var from = i == 0 ? x : i % 2 == 1 ? even : odd;
            var to = i == last ? y : i % 2 == 0 ? even : odd;
            steps[i].apply(from, i == 0 ? xo : 0, rows, to, i == last ? yo : 0, workspace);
        }
        workspace.release();
        workspace.release();
    }

    @Override
    public String toString() {
        return List.of(steps).toString();
    }
}
