package org.espalier.nn.onnx;

import java.util.List;
import java.util.Optional;
import org.espalier.io.DType;
import org.espalier.nn.onnx.operator.Dim;
import org.espalier.nn.onnx.operator.Dims;
import org.espalier.nn.onnx.operator.Facts;
import org.espalier.nn.onnx.operator.Operator;

/**
 * One output of a node, ready to be computed.
 *
 * @param node the node
 * @param output which of its outputs
 * @param operator what computes it
 * @param inputs what it reads; null for what the node leaves out
 */
record OperatorStep(OnnxGraph.Node node, int output, Operator operator, List<Value> inputs) {
    /** Whether it is this operator of the standard. */
    boolean is(String name) {
        return node.domain().isEmpty() && node.operator().equals(name);
    }

    /** An input, or null if the node leaves it out. */
    Value input(int index) {
        return index < inputs.size() ? inputs.get(index) : null;
    }

    /** What is known of the inputs. */
    static Facts facts(List<Value> inputs) {
        return new Facts() {
            private Value get(int input) {
                if (!has(input)) {
                    throw new IllegalArgumentException("its input " + input + " is missing");
                }
                return inputs.get(input);
            }

            @Override
            public int count() {
                return inputs.size();
            }

            @Override
            public boolean has(int input) {
                return input < inputs.size() && inputs.get(input) != null;
            }

            @Override
            public boolean isConstant(int input) {
                return get(input).isConstant();
            }

            @Override
            public DType type(int input) {
                return get(input).type();
            }

            @Override
            public Optional<Dims> dims(int input) {
                return Optional.ofNullable(get(input).dims());
            }

            @Override
            public Optional<List<Dim>> integers(int input) {
                return Optional.ofNullable(get(input).integers());
            }
        };
    }
}
