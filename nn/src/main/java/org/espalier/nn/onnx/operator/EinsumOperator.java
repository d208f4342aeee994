package org.espalier.nn.onnx.operator;

import org.espalier.tensor.Tensor;

/**
 * A product in Einstein's notation of any number of operands.
 *
 * @param equation such as {@code "...ij,jk->...ik"}
 */
public record EinsumOperator(String equation) implements Operator {
    static void register(Operators all) {
        all.add("Einsum", 1, Operators.ANY, attributes -> new EinsumOperator(attributes.text("equation", "")));
    }

    @Override
    public Tensor value(Operands in) {
        return Tensor.einsum(equation, in.tensors());
    }
}
