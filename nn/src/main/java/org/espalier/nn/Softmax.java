package org.espalier.nn;

import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.Tensor;

/** eˣ / Σeˣ over the innermost axis. For training use {@code CrossEntropy} on the logits instead. */
public record Softmax() implements Layer {
    @Override
    public Tensor forward(Tensor x, Mode mode) {
        return x.softmax();
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
            KernelChoice.current().dense().softmax(rows, in, x, xo, y, yo);
        }

        @Override
        public String toString() {
            return "Softmax";
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("softmax");
    }

    @Override
    public String toString() {
        return "Softmax";
    }
}
