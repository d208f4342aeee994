package org.espalier.nn.onnx;

import org.espalier.nn.Impute;
import org.espalier.nn.Layer;
import org.espalier.nn.Scale;
import org.espalier.nn.onnx.operator.Scaling;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Fixed affine maps of the features: constants added, subtracted, multiplied and divided by, and {@code Scaler}. */
final class ScalePattern implements Pattern {
    /** (x − center)·scale + shift; null where there is none. */
    private static final class Parts {
        private Tensor center;
        private Tensor scale;
        private Tensor shift;
    }

    @Override
    public Match match(OperatorStep step) {
        if (step.operator() instanceof Scaling.Scaler scaler) {
            return scaler(step, scaler);
        }
        if (step.operator() instanceof Scaling.Imputer imputer) {
            return imputer(step, imputer);
        }
        int width = width(step);
        if (width == 0) {
            return null;
        }
        var parts = new Parts();
        Value rest = null;
        var next = step;
        // from the output backwards: a shift, a factor, a center, as far as nobody else reads what is between
        for (int stage = 0; stage < 3 && next != null; stage++) {
            var input = stage == 1 ? factor(next, width, parts) : term(next, width, parts, stage == 0);
            if (input != null) {
                rest = input;
                next = input.uses() == 1 ? input.step() : null;
            }
        }
        return rest == null ? null : Match.of(layer(width, parts), rest);
    }

    private static Layer layer(int width, Parts parts) {
        var shape = Shape.of(width);
        return Scale.of(
                parts.center == null ? Tensor.zeros(shape) : parts.center,
                parts.scale == null ? Tensor.ones(shape) : parts.scale,
                parts.shift == null ? Tensor.zeros(shape) : parts.shift);
    }

    /** How many features the value of a step of two operands has, or 0 if it is not such a step of floats. */
    private static int width(OperatorStep step) {
        boolean two = step.is("Add") || step.is("Sub") || step.is("Mul") || step.is("Div");
        if (!two || step.inputs().size() != 2) {
            return 0;
        }
        var x = step.input(0).isConstant() ? step.input(1) : step.input(0);
        var width = x.rank() > 0 && x.type().isFloat() ? x.dims().get(-1) : null;
        return width != null && width.isKnown() && width.factor() <= 1 << 20 ? (int) width.factor() : 0;
    }

    /** Whether a constant is added to a value of these features, or is a factor, and changes no sizes. */
    private static boolean fits(Value constant, Value x, int width) {
        boolean row = ConstantParameters.isRow(constant, width);
        return row && !x.isConstant() && x.rank() > 0 && constant.rank() <= x.rank() && x.dims().get(-1).is(width);
    }

    private static Value term(OperatorStep step, int width, Parts parts, boolean isShift) {
        boolean plus = step.is("Add");
        if (!plus && !step.is("Sub")) {
            return null;
        }
        var a = step.input(0);
        var b = step.input(1);
        if (fits(b, a, width)) {
            var vector = ConstantParameters.vector(b.constant(), width);
            if (isShift) {
                parts.shift = plus ? vector : vector.negate();
            } else {
                parts.center = plus ? vector.negate() : vector;
            }
            return a;
        }
        boolean first = plus && fits(a, b, width);
        if (first && isShift) {
            parts.shift = ConstantParameters.vector(a.constant(), width);
        } else if (first) {
            parts.center = ConstantParameters.vector(a.constant(), width).negate();
        }
        return first ? b : null;
    }

    private static Value factor(OperatorStep step, int width, Parts parts) {
        var a = step.input(0);
        var b = step.input(1);
        if (step.is("Mul") && fits(a, b, width)) {
            parts.scale = ConstantParameters.vector(a.constant(), width);
            return b;
        }
        if (!step.is("Mul") && !step.is("Div") || !fits(b, a, width)) {
            return null;
        }
        var vector = ConstantParameters.vector(b.constant(), width);
        parts.scale = step.is("Mul") ? vector : vector.reciprocal();
        return a;
    }

    private static Match scaler(OperatorStep step, Scaling.Scaler scaler) {
        var x = step.input(0);
        int width = x.rank() > 0 && x.dims().get(-1).isKnown() ? (int) x.dims().get(-1).factor() : 0;
        boolean fits = (scaler.offset().length == 1 || scaler.offset().length == width)
                && (scaler.scale().length == 1 || scaler.scale().length == width);
        if (width == 0 || !fits) {
            return null;
        }
        var shape = Shape.of(width);
        return Match.of(Scale.of(Tensor.vector(scaler.offset()).expand(shape),
                Tensor.vector(scaler.scale()).expand(shape), Tensor.zeros(shape)), x);
    }

    /** Only NaN is missing for the layer. */
    private static Match imputer(OperatorStep step, Scaling.Imputer imputer) {
        var x = step.input(0);
        boolean known = x.rank() > 0 && x.dims().get(-1).isKnown() && Float.isNaN(imputer.replaced());
        int width = known ? (int) x.dims().get(-1).factor() : 0;
        return known && (imputer.values().length == width || imputer.values().length == 1)
                ? Match.of(Impute.of(Tensor.vector(imputer.values()).expand(Shape.of(width))), x)
                : null;
    }
}
