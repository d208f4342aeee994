package org.espalier.nn.onnx;

import java.util.Arrays;
import java.util.List;
import org.espalier.io.DType;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.nn.onnx.operator.Dim;
import org.espalier.nn.onnx.operator.Dims;
import org.espalier.nn.onnx.operator.Operand;
import org.espalier.nn.onnx.operator.QuantizationOperator;

/** A value of the graph, and what is known of it before anything is computed. */
final class Value {
    private final String name;
    private final DType type;
    private final Dims dims;
    private final OperatorStep step;
    private Constant constant;
    private List<Dim> integers;
    private int uses;
    private Match match;
    private boolean placed;

    private Value(String name, DType type, Dims dims, OperatorStep step) {
        this.name = name;
        this.type = type;
        this.dims = dims;
        this.step = step;
    }

    static Value input(String name, DType type, Dims dims) {
        return new Value(name, type, dims, null);
    }

    static Value constant(String name, Constant constant) {
        var value = new Value(name, constant.type(), Dims.of(constant.shape()), null);
        value.constant = constant;
        return value;
    }

    /** What a step computes. */
    static Value computed(String name, DType type, Dims dims, OperatorStep step) {
        return new Value(name, type, dims, step);
    }

    /** A value of integers known by sizes alone, and how it is computed if it must be. */
    Value withIntegers(List<Dim> known) {
        integers = known;
        return this;
    }

    String name() {
        return name;
    }

    DType type() {
        return type;
    }

    /** The sizes, or null. */
    Dims dims() {
        return dims;
    }

    /** How many axes there are, or −1. */
    int rank() {
        return dims == null ? -1 : dims.rank();
    }

    /** The step that computes it; null of an input and of a constant. */
    OperatorStep step() {
        return step;
    }

    /** The constant, or null. */
    Constant constant() {
        return constant;
    }

    boolean isConstant() {
        return constant != null;
    }

    /** Whether it is codes of constant weights that have not been made floats, because a layer may take the codes. */
    boolean isCoded() {
        return constant == null && step != null && step.operator() instanceof QuantizationOperator.Dequantize
                && step.inputs().stream().allMatch(input -> input == null || input.isConstant());
    }

    /** Makes constant codes floats after all. */
    void decode() {
        if (isCoded()) {
            constant = Folding.computed(step, type);
        }
    }

    /** The elements, if they are integers that depend on sizes alone; otherwise null. */
    List<Dim> integers() {
        if (integers == null && constant != null && !type.isFloat() && constant.shape().size() <= Operand.LISTED) {
            integers = Arrays.stream(constant.integers()).mapToObj(Dim::of).toList();
        }
        return integers;
    }

    /** What the value becomes, once a pattern has said it; null before, and of an input that is the model's own. */
    Match match() {
        return match;
    }

    void becomes(Match found) {
        match = found;
    }

    /** Marks it as being in the order of the model; false if it was already. */
    boolean place() {
        boolean first = !placed;
        placed = true;
        return first;
    }

    boolean isPlaced() {
        return placed;
    }

    void use() {
        uses++;
    }

    /** How many steps read it; the output of the graph counts as one. */
    int uses() {
        return uses;
    }

    @Override
    public String toString() {
        return "\"" + name + "\"";
    }
}
