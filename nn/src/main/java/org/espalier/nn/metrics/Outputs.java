package org.espalier.nn.metrics;

import org.espalier.nn.Activation;
import org.espalier.nn.Dropout;
import org.espalier.nn.Flatten;
import org.espalier.nn.Graph;
import org.espalier.nn.Layer;
import org.espalier.nn.Sequential;
import org.espalier.nn.Sigmoid;
import org.espalier.nn.Softmax;
import org.espalier.tensor.Tensor;

/** How the outputs of a model are to be read: logits, unless its last layers say otherwise. */
final class Outputs {
    private Outputs() {}

    /** The output that a logit of 0 becomes: ½ after a sigmoid. Above it the answer of a single output is yes. */
    static float threshold(Layer model) {
        return after(model, 0);
    }

    private static float after(Layer layer, float threshold) {
        if (layer instanceof Sequential) {
            float last = threshold;
            for (var child : layer.children().values()) {
                last = after(child, last);
            }
            return last;
        }
        if (layer instanceof Graph graph) {
            return after(graph.nodes().getLast().layer(), 0);
        }
        if (layer instanceof Dropout || layer instanceof Flatten) {
            return threshold;
        }
        return layer instanceof Activation function ? function.of(Tensor.vector(threshold)).item() : 0;
    }

    /** Whether outputs are probabilities: the last layer is a sigmoid or a softmax. */
    static boolean areProbabilities(Layer model) {
        if (model instanceof Sequential && !model.children().isEmpty()) {
            return areProbabilities(model.children().lastEntry().getValue());
        }
        if (model instanceof Graph graph) {
            return areProbabilities(graph.nodes().getLast().layer());
        }
        return model instanceof Sigmoid || model instanceof Softmax;
    }
}
