package org.espalier.nn.onnx;

import org.espalier.nn.Activation;
import org.espalier.nn.Celu;
import org.espalier.nn.Clip;
import org.espalier.nn.Elu;
import org.espalier.nn.HardSigmoid;
import org.espalier.nn.Layer;
import org.espalier.nn.PRelu;
import org.espalier.nn.onnx.operator.ActivationOperator;
import org.espalier.nn.onnx.operator.Arithmetic;
import org.espalier.nn.onnx.operator.Casting;
import org.espalier.nn.onnx.operator.SoftmaxOperator;

/** Activations that are one node. */
final class ActivationPattern implements Pattern {
    private static final float SELU_ALPHA = 1.67326319217681884765625f;
    private static final float SELU_GAMMA = 1.05070102214813232421875f;

    @Override
    public Match match(OperatorStep step) {
        if (step.inputs().isEmpty() || !step.input(0).type().isFloat()) {
            return null;
        }
        var layer = switch (step.operator()) {
            case ActivationOperator activation -> layer(activation);
            case SoftmaxOperator softmax -> softmax(softmax, step.input(0));
            case Casting.Clip clip -> clip(step, clip);
            case Arithmetic arithmetic when arithmetic.kind() == Arithmetic.Kind.PRELU -> prelu(step);
            default -> null;
        };
        return layer == null ? null : Match.of(layer, step.input(0));
    }

    private static Layer layer(ActivationOperator activation) {
        float first = activation.settings().first();
        float second = activation.settings().second();
        return switch (activation.name()) {
            case "Relu" -> Activation.relu();
            case "Sigmoid" -> Activation.sigmoid();
            case "Tanh" -> Activation.tanh();
            case "Softplus" -> Activation.softplus();
            case "Softsign" -> Activation.softsign();
            case "HardSwish" -> Activation.hardSwish();
            case "Mish" -> Activation.mish();
            case "LeakyRelu" -> Activation.leakyRelu(first);
            case "Gelu" -> first == 0 ? Activation.gelu() : Activation.geluTanh();
            case "Elu" -> first > 0 && Float.isFinite(first) ? new Elu(first) : null;
            case "Celu" -> first > 0 && Float.isFinite(first) ? new Celu(first) : null;
            case "Selu" -> first == SELU_ALPHA && second == SELU_GAMMA ? Activation.selu() : null;
            case "Swish" -> first == 1 ? Activation.silu() : null;
            case "HardSigmoid" -> Float.isFinite(first) && Float.isFinite(second)
                    ? new HardSigmoid(first, second)
                    : null;
            default -> null;
        };
    }

    /** Only along the innermost axis; before opset 13 also if that is the only one of several taken together. */
    private static Layer softmax(SoftmaxOperator softmax, Value x) {
        boolean innermost = x.rank() > 0 ? softmax.isInnermost(x.rank()) : softmax.axis() == -1 && !softmax.together();
        if (!innermost) {
            return null;
        }
        return switch (softmax.kind()) {
            case SOFTMAX -> Activation.softmax();
            case LOG_SOFTMAX -> Activation.logSoftmax();
            case HARDMAX -> null;
        };
    }

    private static Layer clip(OperatorStep step, Casting.Clip clip) {
        double low = step.input(1) == null ? clip.low() : Algebra.number(step.input(1));
        double high = step.input(2) == null ? clip.high() : Algebra.number(step.input(2));
        return low <= high ? new Clip((float) low, (float) high) : null;
    }

    /** Slopes of the features, or one for all. */
    private static Layer prelu(OperatorStep step) {
        var slope = step.input(1);
        var width = step.input(0).rank() > 0 ? step.input(0).dims().get(-1) : null;
        boolean one = ConstantParameters.isRow(slope, 1);
        if (!one && (width == null || !width.isKnown() || !ConstantParameters.isRow(slope, (int) width.factor()))
                || slope.rank() > Math.max(1, step.input(0).rank())) {
            return null;
        }
        return PRelu.of(ConstantParameters.vector(slope.constant(), slope.constant().shape().size()));
    }
}
