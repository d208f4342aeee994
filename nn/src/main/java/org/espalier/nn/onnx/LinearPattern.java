package org.espalier.nn.onnx;

import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.onnx.operator.LinearModel;
import org.espalier.nn.onnx.operator.ProductOperator;
import org.espalier.tensor.Tensor;

/** A linear layer: {@code Gemm}, {@code MatMul} with or without an {@code Add}, and the linear models. */
final class LinearPattern implements Pattern {
    private final ConstantParameters weights;

    LinearPattern(ConstantParameters weights) {
        this.weights = weights;
    }

    @Override
    public Match match(OperatorStep step) {
        return switch (step.operator()) {
            case ProductOperator.Gemm gemm -> gemm(step, gemm);
            case ProductOperator.MatMul product -> ConstantParameters.isMatrix(step.input(1))
                    ? Match.of(linear(step.input(1), true, null), step.input(0))
                    : null;
            case LinearModel model -> model(step, model);
            default -> step.is("Add") && step.inputs().size() == 2 ? sum(step) : null;
        };
    }

    private Linear linear(Value weight, boolean transposed, Value bias) {
        var matrix = weights.matrix(weight.constant(), transposed);
        return bias == null
                ? Linear.sharing(matrix)
                : Linear.sharing(matrix, weights.vector(bias.constant(), "bias", matrix.shape().dim(0)));
    }

    private static int out(OperatorStep product) {
        var shape = product.input(1).constant().shape();
        return product.operator() instanceof ProductOperator.Gemm gemm && gemm.transB() ? shape.dim(0) : shape.dim(1);
    }

    private Match gemm(OperatorStep step, ProductOperator.Gemm gemm) {
        var bias = step.input(2);
        boolean fits = !gemm.transA() && ConstantParameters.isMatrix(step.input(1));
        if (!fits || bias != null && !ConstantParameters.isRow(bias, out(step))) {
            return null;
        }
        if (gemm.alpha() == 1 && (gemm.beta() == 1 || bias == null)) {
            return Match.of(linear(step.input(1), !gemm.transB(), bias), step.input(0));
        }
        var matrix = step.input(1).constant();
        var weight = gemm.transB() ? matrix.tensor() : matrix.transposed();
        var scaled = weight.times(gemm.alpha());
        return Match.of(bias == null
                ? Linear.of(scaled)
                : Linear.of(scaled, ConstantParameters.vector(bias.constant(), out(step)).times(gemm.beta())),
                step.input(0));
    }

    /** A product that nobody else reads, and a row added to it. */
    private Match sum(OperatorStep step) {
        int constant = step.input(0).isConstant() ? 0 : 1;
        var bias = step.input(constant);
        var sum = step.input(1 - constant);
        var product = sum.step();
        if (product == null || sum.uses() > 1 || !ConstantParameters.isMatrix(product.input(1))
                || !ConstantParameters.isRow(bias, out(product)) || bias.rank() > Math.max(1, sum.rank())) {
            return null;
        }
        return switch (product.operator()) {
            case ProductOperator.MatMul matMul -> Match.of(linear(product.input(1), true, bias), product.input(0));
            case ProductOperator.Gemm gemm when gemm.alpha() == 1 && !gemm.transA() && product.input(2) == null ->
                    Match.of(linear(product.input(1), !gemm.transB(), bias), product.input(0));
            default -> null;
        };
    }

    private static Match model(OperatorStep step, LinearModel model) {
        if (model.labels() != null || step.input(0).rank() != 2) {
            return null;
        }
        var linear = Linear.of(model.matrix(), Tensor.vector(model.intercepts()));
        return Match.of(switch (model.transform()) {
            case NONE -> linear;
            case LOGISTIC -> Sequential.of(linear, Activation.sigmoid());
            case SOFTMAX -> Sequential.of(linear, Activation.softmax());
        }, step.input(0));
    }
}
