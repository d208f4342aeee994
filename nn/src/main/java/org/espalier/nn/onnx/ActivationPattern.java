package org.espalier.nn.onnx;

import org.espalier.nn.Gelu;
import org.espalier.nn.Layer;
import org.espalier.nn.LeakyRelu;
import org.espalier.nn.Relu;
import org.espalier.nn.Sigmoid;
import org.espalier.nn.Softplus;
import org.espalier.nn.Tanh;
import org.espalier.nn.onnx.operator.Activations;
import org.espalier.nn.onnx.operator.Softmax;

/** Activations that are one node. */
final class ActivationPattern implements Pattern {
    @Override
    public Match match(Step step) {
        var layer = switch (step.operator()) {
            case Activations activation -> layer(activation);
            case Softmax softmax -> softmax(softmax, step.input(0));
            default -> null;
        };
        return layer == null ? null : Match.of(layer, step.input(0));
    }

    private static Layer layer(Activations activation) {
        var settings = activation.settings();
        return switch (activation.name()) {
            case "Relu" -> Relu.INSTANCE;
            case "Sigmoid" -> Sigmoid.INSTANCE;
            case "Tanh" -> Tanh.INSTANCE;
            case "Softplus" -> Softplus.INSTANCE;
            case "LeakyRelu" -> new LeakyRelu(settings.first());
            case "Gelu" -> settings.first() == 0 ? Gelu.INSTANCE : null;
            default -> null;
        };
    }

    /** Only along the innermost axis; before opset 13 also if that is the only one of several taken together. */
    private static Layer softmax(Softmax softmax, Value x) {
        boolean innermost = x.rank() > 0 ? softmax.isInnermost(x.rank()) : softmax.axis() == -1 && !softmax.together();
        return innermost && softmax.kind() == Softmax.Kind.SOFTMAX ? org.espalier.nn.Softmax.INSTANCE : null;
    }
}
