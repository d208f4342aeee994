package org.espalier.nn;

import org.espalier.tensor.Tensor;

/** eˣ / Σeˣ over the innermost axis. For training use {@code CrossEntropy} on the logits instead. */
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
