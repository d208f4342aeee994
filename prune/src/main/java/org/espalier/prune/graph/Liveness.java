package org.espalier.prune.graph;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Join;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * What is known of every feature: whether it has the same value for all inputs, and which, and whether an output of the
 * model depends on it. Constants are propagated forwards, liveness backwards; both start from "not".
 */
final class Liveness {
    private final boolean[] constant;
    private final float[] value;
    private final boolean[] live;

    private Liveness(int slots) {
        constant = new boolean[slots];
        value = new float[slots];
        live = new boolean[slots];
    }

    /** The liveness of a whole model. */
    static Liveness of(DependencyGraph graph) {
        var liveness = new Liveness(graph.slots());
        graph.nodes().forEach(node -> node.constants(liveness));
        graph.output().slots().forEach(liveness::setLive);
        graph.nodes().reversed().forEach(node -> node.liveness(liveness));
        return liveness;
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
    float[] run(Layer layer, List<Span> inputs) {
        var rows = new ArrayList<Tensor>();
        for (var in : inputs) {
            var row = new float[in.size()];
            System.arraycopy(value, in.start(), row, 0, row.length);
            rows.add(Storage.adopt(Shape.of(1, row.length), row));
        }
        return NoGrad.call(() -> Storage.array((layer instanceof Join join
                ? join.join(rows, Mode.inference())
                : layer.forward(rows.getFirst(), Mode.inference())).detach()));
    }
}
