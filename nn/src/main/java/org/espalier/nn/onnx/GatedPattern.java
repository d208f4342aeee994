package org.espalier.nn.onnx;

import org.espalier.nn.Activation;
import org.espalier.nn.Layer;
import org.espalier.nn.onnx.operator.ActivationOperator;
import org.espalier.nn.onnx.operator.Casting;

/** Activations that are x times a function of x, written in pieces: both GELUs, SiLU, hard swish, Mish. */
final class GatedPattern implements Pattern {
    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double CUBE = 0.044715;
    private static final double SIXTH = 1 / 6d;

    @Override
    public Match match(OperatorStep step) {
        if (!step.is("Mul") && !step.is("Div")) {
            return null;
        }
        var factors = Algebra.factors(step.input(0));
        double coefficient = factors.coefficient();
        if (step.is("Mul")) {
            var more = Algebra.factors(step.input(1));
            coefficient *= more.coefficient();
            factors.values().addAll(more.values());
        } else {
            coefficient /= Algebra.number(step.input(1));
        }
        if (factors.values().size() != 2) {
            return null;
        }
        var a = factors.values().get(0);
        var b = factors.values().get(1);
        var layer = gated(coefficient, a, b);
        if (layer != null) {
            return Match.of(layer, a);
        }
        layer = gated(coefficient, b, a);
        return layer == null ? null : Match.of(layer, b);
    }

    private static Layer gated(double coefficient, Value x, Value gate) {
        if (isHalfOnePlus(coefficient, gate, "Erf")) {
            var inner = Algebra.inside(gate, "Erf").step().input(0);
            return Algebra.is(inner, x, 0, ROOT_HALF) ? Activation.gelu() : null;
        }
        if (isHalfOnePlus(coefficient, gate, "Tanh")) {
            var inner = Algebra.inside(gate, "Tanh").step().input(0);
            return Algebra.is(inner, x, 0, ROOT_TWO_OVER_PI, 0, ROOT_TWO_OVER_PI * CUBE)
                    ? Activation.geluTanh()
                    : null;
        }
        var step = gate.step();
        if (step == null || !step.node().domain().isEmpty()) {
            return null;
        }
        return switch (step.operator()) {
            case ActivationOperator activation when coefficient == 1 -> gated(activation, step, x);
            // relu6(x + 3) / 6
            case Casting.Clip clip when Algebra.near(coefficient, SIXTH) && isLimitedTo(step, clip, 0, 6) ->
                    Algebra.is(step.input(0), x, 3, 1) ? Activation.hardSwish() : null;
            default -> null;
        };
    }

    private static Layer gated(ActivationOperator activation, OperatorStep step, Value x) {
        var inner = step.input(0);
        return switch (activation.name()) {
            case "Sigmoid" -> inner == x ? Activation.silu() : null;
            case "HardSigmoid" -> inner == x && Algebra.near(activation.settings().first(), SIXTH)
                    && activation.settings().second() == 0.5f ? Activation.hardSwish() : null;
            case "Tanh" -> inner.step() != null && inner.step().is("Softplus") && inner.step().input(0) == x
                    ? Activation.mish()
                    : null;
            default -> null;
        };
    }

    private static boolean isLimitedTo(OperatorStep step, Casting.Clip clip, double low, double high) {
        return (step.input(1) == null ? clip.low() : Algebra.number(step.input(1))) == low
                && (step.input(2) == null ? clip.high() : Algebra.number(step.input(2))) == high;
    }

    /** Whether coefficient·gate is (1 + f)/2 for what an operator gives. */
    private static boolean isHalfOnePlus(double coefficient, Value gate, String operator) {
        var f = Algebra.inside(gate, operator);
        var terms = f == null ? null : Algebra.polynomial(gate, f);
        return terms != null && coefficient * terms[0] == 0.5 && coefficient * terms[1] == 0.5 && terms[2] == 0
                && terms[3] == 0;
    }
}
