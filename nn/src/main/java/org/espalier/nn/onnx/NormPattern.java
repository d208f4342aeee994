package org.espalier.nn.onnx;

import org.espalier.io.DType;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.onnx.operator.NormalizationOperator;
import org.espalier.nn.onnx.operator.ReductionOperator;
import org.espalier.tensor.Tensor;

/** Batch norm; layer norm as one node, or in the pieces that exporters write before opset 17. */
final class NormPattern implements Pattern {
    private static final int ROWS = 2;

    @Override
    public Match match(OperatorStep step) {
        return switch (step.operator()) {
            case NormalizationOperator.Batch norm -> batch(step, norm);
            case NormalizationOperator.Layer norm when norm.output() == 0 && norm.centered() -> layer(step, norm);
            default -> pieces(step);
        };
    }

    private static boolean isVector(Value value, int size) {
        return value != null && value.isConstant() && value.type() == DType.F32
                && value.constant().shape().rank() == 1 && value.constant().shape().dim(0) == size;
    }

    private static Match batch(OperatorStep step, NormalizationOperator.Batch norm) {
        var scale = step.input(1);
        if (step.inputs().size() != 5 || step.input(0).rank() != ROWS || !scale.isConstant() || scale.rank() != 1) {
            return null;
        }
        int features = scale.constant().shape().dim(0);
        var layer = BatchNorm1d.of(features, norm.epsilon(), norm.momentum());
        int input = 1;
        for (var parameter : layer.ownParameters()) {
            if (!isVector(step.input(input), features)) {
                return null;
            }
            parameter.assign(step.input(input++).constant().tensor());
        }
        return Match.of(layer, step.input(0));
    }

    private static Match layer(OperatorStep step, NormalizationOperator.Layer norm) {
        var x = step.input(0);
        boolean innermost = norm.axis() == -1 || x.rank() > 0 && norm.axis() == x.rank() - 1;
        var scale = step.input(1);
        if (!innermost || scale == null || scale.rank() != 1 || !scale.isConstant()) {
            return null;
        }
        int features = scale.constant().shape().dim(0);
        return isVector(scale, features) && (step.input(2) == null || isVector(step.input(2), features))
                ? Match.of(layer(features, norm.epsilon(), scale, step.input(2)), x)
                : null;
    }

    private static Layer layer(int features, float epsilon, Value scale, Value bias) {
        var layer = LayerNorm.of(features, epsilon);
        layer.weight().assign(scale == null
                ? Tensor.full(layer.weight().shape(), 1)
                : ConstantParameters.vector(scale.constant(), features));
        if (bias != null) {
            layer.bias().assign(ConstantParameters.vector(bias.constant(), features));
        }
        return layer;
    }

    /** norm·scale + bias, or norm·scale, or norm: the largest of these that the step ends. */
    private static Match pieces(OperatorStep step) {
        Value scale = null;
        Value bias = null;
        var rest = step;
        if (rest.is("Add") && constant(rest) != null) {
            bias = constant(rest);
            rest = other(rest, bias).step();
        }
        if (rest != null && rest.is("Mul") && constant(rest) != null) {
            scale = constant(rest);
            rest = other(rest, scale).step();
        }
        if (rest == null || bias != null && scale == null) {
            return null;
        }
        return normalized(rest, scale, bias);
    }

    private static Value constant(OperatorStep step) {
        return step.input(1).isConstant() ? step.input(1) : step.input(0).isConstant() ? step.input(0) : null;
    }

    private static Value other(OperatorStep step, Value one) {
        return step.input(0) == one ? step.input(1) : step.input(0);
    }

    /** (x − mean) / √(variance + ε). */
    private static Match normalized(OperatorStep step, Value scale, Value bias) {
        if (!step.is("Div")) {
            return null;
        }
        var root = step.input(1).step();
        var x = centered(step.input(0));
        if (x == null || root == null || !root.is("Sqrt")) {
            return null;
        }
        var sum = root.input(0).step();
        if (sum == null || !sum.is("Add")) {
            return null;
        }
        var epsilon = constant(sum);
        double number = Algebra.number(epsilon);
        var variance = epsilon == null ? null : mean(other(sum, epsilon));
        boolean whole = number >= 0 && variance != null && isSquareOfCentered(variance, x);
        var width = x.dims() == null || x.rank() == 0 ? null : x.dims().get(-1);
        if (!whole || width == null || !width.isKnown()) {
            return null;
        }
        int features = Math.toIntExact(width.factor());
        boolean fits =
                features > 0 && (scale == null || ConstantParameters.isRow(scale, features) && scale.rank() <= x.rank())
                        && (bias == null || ConstantParameters.isRow(bias, features) && bias.rank() <= x.rank());
        return fits ? Match.of(layer(features, (float) number, scale, bias), x) : null;
    }

    /** What a value is the mean of, over the innermost axis that stays with size 1; otherwise null. */
    private static Value mean(Value value) {
        var step = value.step();
        if (step == null || !(step.operator() instanceof ReductionOperator fold)
                || fold.kind() != ReductionOperator.Kind.MEAN
                || !fold.keepDims()) {
            return null;
        }
        var x = step.input(0);
        var given = step.input(1);
        long[] axes = fold.axes() != null
                ? fold.axes()
                : given != null && given.isConstant() ? given.constant().integers() : new long[0];
        boolean innermost = axes.length == 1 && (axes[0] == -1 || x.rank() > 0 && axes[0] == x.rank() - 1);
        return innermost ? x : null;
    }

    /** What a value is the difference to its mean of, otherwise null. */
    private static Value centered(Value value) {
        var step = value.step();
        return step != null && step.is("Sub") && mean(step.input(1)) == step.input(0) ? step.input(0) : null;
    }

    private static boolean isSquareOfCentered(Value value, Value x) {
        var step = value.step();
        if (step == null) {
            return false;
        }
        var base = step.input(0);
        boolean square = step.is("Pow")
                ? Algebra.number(step.input(1)) == 2
                : step.is("Mul") && step.input(1) == base;
        return square && centered(base) == x;
    }
}
