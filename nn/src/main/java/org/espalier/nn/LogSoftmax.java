package org.espalier.nn;

import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.Tensor;

/** The logarithm of the {@link Softmax} over the innermost axis: log-probabilities. */
public record LogSoftmax() implements Layer {
    @Override
    public Tensor forward(Tensor x, Mode mode) {
        return x.logSoftmax();
    }

    @Override
    public Dependency dependency() {
        return Dependency.coupled();
    }

    @Override
    public void compile(Steps steps) {
        steps.rows(new Rows(steps.width()));
    }

    private record Rows(int in) implements Step {
        @Override
        public int out() {
            return in;
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            KernelChoice.current().dense().logSoftmax(rows, in, x, xo, y, yo);
        }

        @Override
        public String toString() {
            return "LogSoftmax";
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("log_softmax");
    }

    @Override
    public String toString() {
        return "LogSoftmax";
    }
}
