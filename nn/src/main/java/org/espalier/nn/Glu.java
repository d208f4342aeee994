package org.espalier.nn;

import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * The gated linear unit a·σ(b), from [..., 2n] to [..., n]: a is the first half of the features, b the second (Dauphin,
 * Fan, Auli and Grangier 2016, arXiv 1612.08083).
 */
public record Glu() implements Layer {
    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() == 0 || x.dim(-1) % 2 != 0) {
            throw new ShapeException("GLU: needs x [..., 2n], not " + x.shape());
        }
        int axis = x.rank() - 1;
        int half = x.dim(axis) / 2;
        return x.slice(axis, 0, half).times(x.slice(axis, half, 2 * half).sigmoid());
    }

    @Override
    public Dependency dependency() {
        return new Dependency.Blocks(2);
    }

    @Override
    public void compile(Steps steps) {
        if (steps.width() % 2 != 0) {
            throw new ShapeException("inference: " + steps.path() + ", a GLU, is given " + steps.width() + " features");
        }
        steps.rows(new Gate(steps.width() / 2));
    }

    private record Gate(int out) implements Step {
        @Override
        public int in() {
            return 2 * out;
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            var kernels = KernelChoice.current().dense();
            for (int row = 0; row < rows; row++) {
                int from = xo + row * 2 * out;
                int to = yo + row * out;
                kernels.sigmoid(x, from + out, y, to, out);
                for (int i = 0; i < out; i++) {
                    y[to + i] = x[from + i] * y[to + i];
                }
            }
        }

        @Override
        public String toString() {
            return "GLU(" + in() + " → " + out + ")";
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("glu");
    }

    @Override
    public String toString() {
        return "Glu";
    }
}
