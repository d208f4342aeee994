package org.espalier.nn.onnx;

import org.espalier.nn.Gelu;
import org.espalier.nn.Layer;

/** Activations that are x times a function of x, written in pieces: both GELUs, SiLU, hard swish, Mish. */
final class GatedPattern implements Pattern {
    private static final double ROOT_HALF = Math.sqrt(0.5);

    @Override
    public Match match(Step step) {
        if (!step.is("Mul") && !step.is("Div")) {
            return null;
        }
        double coefficient = 1;
        var left = step.input(0);
        var right = step.input(1);
        var factors = Algebra.factors(left);
        if (step.is("Mul")) {
            var more = Algebra.factors(right);
            coefficient = more.coefficient();
            factors.values().addAll(more.values());
        } else {
            coefficient = 1 / Algebra.number(right);
        }
        coefficient *= factors.coefficient();
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
            return Algebra.is(inner, x, 0, ROOT_HALF) ? Gelu.INSTANCE : null;
        }
        return null;
    }

    /** Whether coefficient·gate is (1 + f)/2 for what an operator gives. */
    private static boolean isHalfOnePlus(double coefficient, Value gate, String operator) {
        var f = Algebra.inside(gate, operator);
        var terms = f == null ? null : Algebra.polynomial(gate, f);
        return terms != null && coefficient * terms[0] == 0.5 && coefficient * terms[1] == 0.5 && terms[2] == 0
                && terms[3] == 0;
    }
}
