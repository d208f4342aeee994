package org.espalier.prune.graph;

import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerConfig;

/**
 * One use of a layer without layers of its own, or a place where features are joined: between the features it reads and
 * those it writes. Each kind says how constants pass forwards through it, how liveness passes backwards, and what the
 * layer is when only some features are left. To add a kind: one record, and one line in {@link Tracer}.
 */
sealed interface Node
        permits DenseNode,
        ElementwiseNode,
        BatchNormNode,
        EmbeddingNode,
        SelectNode,
        SumNode,
        ConcatNode,
        CoupledNode,
        OpaqueNode {
    /** The dotted name of the layer, empty for the model itself. */
    String path();

    /** The layer, or the one that joins the features. */
    Layer layer();

    /** What it reads. */
    List<Span> inputs();

    /** What it writes; {@link Span#NONE} if that is not known. */
    Span out();

    /** Finds constants among {@link #out} from those among the inputs. */
    void constants(Facts facts);

    /** Finds what is live among the inputs from what is live in {@link #out}. */
    void liveness(Facts facts);

    /** What the layer is with the features that are left. */
    default LayerConfig resized(Survival survival) {
        return layer().config();
    }

    /** Whether it makes units of its own, so that removing one is reported under its name. */
    default boolean isProducer() {
        return false;
    }
}
