package org.espalier.prune.graph;

import org.espalier.nn.Layer;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;

/**
 * What is known of every feature: whether it has the same value for all inputs, and which, and whether an output of the
 * model depends on it. Constants are found forwards, liveness backwards; both start from "not".
 */
final class Facts {
    private final boolean[] constant;
    private final float[] value;
    private final boolean[] live;

    private Facts(int slots) {
        constant = new boolean[slots];
        value = new float[slots];
        live = new boolean[slots];
    }

    /** The facts of a whole model. */
    static Facts of(DependencyGraph graph) {
        var facts = new Facts(graph.slots());
        graph.nodes().forEach(node -> node.constants(facts));
        for (int i = 0; i < graph.output().size(); i++) {
            facts.setLive(graph.output().slot(i));
        }
        graph.nodes().reversed().forEach(node -> node.liveness(facts));
        return facts;
    }

    boolean isConstant(int slot) {
        return constant[slot];
    }

    /** The constant; 0 if it is not one. */
    float value(int slot) {
        return value[slot];
    }

    boolean isLive(int slot) {
        return live[slot];
    }

    void setLive(int slot) {
        live[slot] = true;
    }

    /** Makes {@code to} live if {@code from} is. */
    void passLive(int from, int to) {
        live[to] |= live[from];
    }

    /** Makes {@code to} the constant that {@code from} is, if it is one. */
    void passConstant(int from, int to) {
        if (constant[from]) {
            setConstant(to, value[from]);
        }
    }

    /** Records a constant; one that is not finite cannot be folded and so does not count. */
    void setConstant(int slot, float of) {
        if (Float.isFinite(of)) {
            constant[slot] = true;
            value[slot] = of;
        }
    }

    /**
     * The layer's own inference on one row of the constants before it, zero for what is not constant: so that a folded
     * constant has the bits the layer would have computed.
     */
    float[] run(Layer layer, Span in) {
        var row = new float[in.size()];
        System.arraycopy(value, in.start(), row, 0, row.length);
        return NoGrad.call(
                () -> Storage.array(layer.forward(Storage.adopt(Shape.of(1, row.length), row)).detach()));
    }
}
