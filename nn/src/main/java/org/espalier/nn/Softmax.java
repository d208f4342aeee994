package org.espalier.nn;

import org.espalier.nn.loss.CrossEntropy;
import org.espalier.tensor.Tensor;

/** eˣ / Σeˣ over the innermost axis. For training use {@link CrossEntropy} on the logits instead. */
public enum Softmax implements Activation {
    /** The only one: it has no state. */
    INSTANCE;

    @Override
    public Tensor of(Tensor x) {
        return x.softmax();
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
