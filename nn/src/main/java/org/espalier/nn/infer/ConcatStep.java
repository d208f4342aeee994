package org.espalier.nn.infer;

import java.util.List;

/** Branches that read the same rows, their results side by side. */
record ConcatStep(List<Step> branches, int out) implements Step {
    ConcatStep(List<Step> branches) {
        int out = 0;
        for (var branch : branches) {
            out += branch.out();
        }
        this(List.copyOf(branches), out);
    }

    @Override
    public int in() {
        return branches.getFirst().in();
    }

    @Override
    public long bytes() {
        return branches.stream().mapToLong(Step::bytes).sum();
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        int at = yo;
        for (int i = 0; i < branches.size(); i++) {
            var branch = branches.get(i);
            int width = branch.out();
            var result = workspace.take(rows * width);
            branch.apply(x, xo, rows, result, 0, workspace);
            for (int row = 0; row < rows; row++) {
                System.arraycopy(result, row * width, y, at + row * out, width);
            }
            workspace.release();
            at += width;
        }
    }
}
