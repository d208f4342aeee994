package org.espalier.nn.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** An operator with inputs and what must come out: shape, type and elements. Immutable; grown by its methods. */
record OperatorCase(String name, int opset, int output, int outputs, Map<String, Attribute> attributes,
        List<Operand> inputs, DType type, Tensor expected) {
    private static final int NEWEST = 22;

    static OperatorCase of(String name) {
        return new OperatorCase(name, NEWEST, 0, 1, Map.of(), List.of(), DType.F32, null);
    }

    OperatorCase opset(int version) {
        return new OperatorCase(name, version, output, outputs, attributes, inputs, type, expected);
    }

    OperatorCase output(int index, int count) {
        return new OperatorCase(name, opset, index, count, attributes, inputs, type, expected);
    }

    private OperatorCase with(String attribute, Attribute value) {
        var more = new LinkedHashMap<>(attributes);
        more.put(attribute, value);
        return new OperatorCase(name, opset, output, outputs, more, inputs, type, expected);
    }

    OperatorCase with(String attribute, float value) {
        return with(attribute, new Attribute.Reals(true, value));
    }

    OperatorCase with(String attribute, float... values) {
        return with(attribute, new Attribute.Reals(false, values));
    }

    OperatorCase with(String attribute, int value) {
        return with(attribute, new Attribute.Integers(true, value));
    }

    OperatorCase with(String attribute, int... values) {
        return with(attribute, new Attribute.Integers(false, Arrays.stream(values).asLongStream().toArray()));
    }

    OperatorCase with(String attribute, String value) {
        return with(attribute, new Attribute.Texts(true, List.of(value)));
    }

    OperatorCase with(String attribute, Constant value) {
        return with(attribute, new Attribute.Value(value));
    }

    private OperatorCase given(Operand input) {
        var more = new ArrayList<>(inputs);
        more.add(input);
        return new OperatorCase(name, opset, output, outputs, attributes, more, type, expected);
    }

    /** An input of floats. */
    OperatorCase given(Shape shape, float... elements) {
        return given(new Operand.Computed(Storage.adopt(shape, elements), DType.F32));
    }

    /** An input of one row of floats. */
    OperatorCase given(float... elements) {
        return given(Shape.of(elements.length), elements);
    }

    /** An input of integers or booleans. */
    OperatorCase given(DType integers, Shape shape, float... elements) {
        return given(new Operand.Computed(Storage.adopt(shape, elements), integers));
    }

    /** A constant list of integers. */
    OperatorCase constant(long... integers) {
        return given(Constant.integers(DType.I64, Shape.of(integers.length), integers));
    }

    /** A constant integer. */
    OperatorCase number(long integer) {
        return given(Constant.integers(DType.I64, Shape.scalar(), integer));
    }

    /** An input that is left out. */
    OperatorCase absent() {
        return given((Operand) null);
    }

    OperatorCase gives(DType result, Shape shape, float... elements) {
        return new OperatorCase(name, opset, output, outputs, attributes, inputs, result,
                Storage.adopt(shape, elements));
    }

    OperatorCase gives(Shape shape, float... elements) {
        return gives(DType.F32, shape, elements);
    }

    OperatorCase gives(float... elements) {
        return gives(Shape.of(elements.length), elements);
    }

    /** The values of a function at the elements of the first input. */
    OperatorCase gives(DoubleUnaryOperator function) {
        float[] x = inputs.getFirst().tensor().toArray();
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) function.applyAsDouble(x[i]);
        }
        return gives(inputs.getFirst().shape(), x);
    }

    Operator operator() {
        var present = new boolean[inputs.size()];
        for (int i = 0; i < present.length; i++) {
            present[i] = inputs.get(i) != null;
        }
        int dot = name.lastIndexOf('.');
        var domain = dot < 0 ? "" : name.substring(0, dot);
        Operators.requireInputs(domain, name.substring(dot + 1), present);
        return Operators.of(domain, name.substring(dot + 1), new Attributes(attributes, opset, output, outputs));
    }

    Tensor value() {
        return operator().value(new Operands(inputs));
    }

    /** What is known of the inputs: all sizes, and the elements of constants. */
    Facts facts() {
        return new Facts() {
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
                return inputs.get(input) instanceof Constant;
            }

            @Override
            public DType type(int input) {
                return inputs.get(input).type();
            }

            @Override
            public Optional<Dims> dims(int input) {
                return Optional.of(Dims.of(inputs.get(input).shape()));
            }

            @Override
            public Optional<List<Dim>> integers(int input) {
                return isConstant(input)
                        ? Optional.of(Arrays.stream(inputs.get(input).integers()).mapToObj(Dim::of).toList())
                        : Optional.empty();
            }
        };
    }

    @Override
    public String toString() {
        return name + attributes.keySet() + " opset " + opset + " of "
                + inputs.stream().map(input -> input == null ? "nothing" : input.shape().toString()).toList();
    }
}
