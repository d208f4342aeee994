package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.Blueprint;
import org.espalier.nn.Dependency;
import org.espalier.nn.Join;
import org.espalier.nn.LayerConfig;
import org.espalier.nn.Mode;
import org.espalier.nn.Parameter;
import org.espalier.nn.onnx.operator.ActivationOperator;
import org.espalier.nn.onnx.operator.Attribute;
import org.espalier.nn.onnx.operator.Attributes;
import org.espalier.nn.onnx.operator.Casting;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.nn.onnx.operator.ElementwiseOperator;
import org.espalier.nn.onnx.operator.Operand;
import org.espalier.nn.onnx.operator.Operands;
import org.espalier.nn.onnx.operator.Operator;
import org.espalier.nn.onnx.operator.Operators;
import org.espalier.nn.step.Steps;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * An operator of ONNX executed as it stands: what a part of a graph becomes that is none of the library's layers.
 * Gradients flow through it where its function has them; constants of the file are kept as parameters if they are
 * floats.
 */
public final class OnnxOperator implements Join {
    /** The kind's name in model files. */
    public static final String KIND = "onnx";

    private static final String PARAMETER = "operand";

    /**
     * One output of a node: enough to make its operator.
     *
     * @param domain of the operator; empty for the standard
     * @param name of the operator
     * @param opset the version of the operators of the domain
     * @param output which output
     * @param outputs how many there are
     * @param attributes by name
     */
    record Call(String domain, String name, long opset, int output, int outputs, Map<String, Attribute> attributes) {
        Operator operator() {
            return Operators.of(domain, name, new Attributes(attributes, opset, output, outputs));
        }

        @Override
        public String toString() {
            return domain.isEmpty() ? name : domain + "." + name;
        }
    }

    /** Where an operand comes from. */
    sealed interface Source {
        /** A value that is given. */
        record Given(DType type) implements Source {}

        /** Floats of the file. */
        record Held(Parameter parameter) implements Source {}

        /** Integers or booleans of the file. */
        record Fixed(Constant constant) implements Source {}

        /** Nothing: it is left out. */
        record Absent() implements Source {}
    }

    private final Call call;
    private final Operator operator;
    private final List<Source> sources;

    OnnxOperator(Call call, List<Source> sources) {
        this.call = call;
        this.sources = List.copyOf(sources);
        var present = new boolean[sources.size()];
        for (int i = 0; i < present.length; i++) {
            present[i] = !(sources.get(i) instanceof Source.Absent);
        }
        Operators.requireInputs(call.domain, call.name, present);
        this.operator = call.operator();
    }

    /** The name of the operator, with its domain if that is not the standard's. */
    public String operator() {
        return call.toString();
    }

    /** The operator itself. */
    Call call() {
        return call;
    }

    /** The element type of the result. */
    DType type() {
        return operator.type(new RowFacts(sources));
    }

    List<Source> sources() {
        return sources;
    }

    @Override
    public Tensor join(List<Tensor> inputs, Mode mode) {
        var operands = new ArrayList<Operand>(sources.size());
        int next = 0;
        for (var source : sources) {
            switch (source) {
                case Source.Given given -> {
                    if (next == inputs.size()) {
                        throw new ShapeException("ONNX " + call + ": needs more inputs than " + next);
                    }
                    operands.add(new Operand.Computed(inputs.get(next++), given.type));
                }
                case Source.Held held -> operands.add(new Operand.Computed(held.parameter.value(), DType.F32));
                case Source.Fixed fixed -> operands.add(fixed.constant);
                case Source.Absent absent -> operands.add(null);
            }
        }
        try {
            return operator.value(new Operands(operands));
        } catch (ShapeException e) {
            throw new ShapeException("ONNX " + call + ": " + e.getMessage());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("ONNX " + call + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Dependency dependency() {
        boolean elementwise = sources.size() == 1
                && (operator instanceof ElementwiseOperator || operator instanceof ActivationOperator
                        || operator instanceof Casting.Cast);
        return elementwise ? Dependency.elementwise() : Dependency.opaque();
    }

    /** Refuses samples that are not computed row by row: an inference model may be given any number of rows at once. */
    @Override
    public void requireRows(int[]... shapes) {
        var facts = new RowFacts(sources, shapes);
        if (!operator.keepsRows(facts)) {
            throw new ShapeException("ONNX " + call + ": a row of the result depends on other rows of the batch, or is"
                    + " none of its own; such a model runs by its forward pass only");
        }
    }

    @Override
    public void compile(Steps steps) {
        requireRows(steps.shape());
        Join.super.compile(steps);
    }

    @Override
    public OnnxOperator rebuilt(Blueprint plan) throws FormatException {
        return build(plan);
    }

    @Override
    public String shortName() {
        return call.name.toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Parameter> ownParameters() {
        var own = new ArrayList<Parameter>();
        for (var source : sources) {
            if (source instanceof Source.Held(Parameter parameter)) {
                own.add(parameter);
            }
        }
        return own;
    }

    /** The name of the parameter of an operand. */
    static String parameterName(int operand) {
        return PARAMETER + operand;
    }

    @Override
    public LayerConfig config() {
        var operands = new ArrayList<Json>();
        for (var source : sources) {
            operands.add(switch (source) {
                case Source.Given given -> Json.object().with("given", given.type.name());
                case Source.Held held -> Json.object()
                        .with("shape", Json.array(held.parameter.shape().dims()))
                        .with("trainable", held.parameter.isTrainable());
                case Source.Fixed fixed -> AttributeJson.write(fixed.constant);
                case Source.Absent absent -> Json.object();
            });
        }
        return new LayerConfig(KIND, Json.object()
                .with("domain", call.domain)
                .with("operator", call.name)
                .with("opset", call.opset)
                .with("output", call.output)
                .with("outputs", call.outputs)
                .with("attributes", AttributeJson.write(call.attributes))
                .with("operands", Json.array(operands)));
    }

    /** Builds the layer from its configuration; for a {@link org.espalier.nn.LayerKinds}. */
    public static OnnxOperator build(Blueprint plan) throws FormatException {
        var text = plan.attributes();
        var domain = text.string("domain");
        var name = text.string("operator");
        if (!Operators.has(domain, name)) {
            throw new FormatException("config", "there is no operator " + domain + " " + name);
        }
        var sources = new ArrayList<Source>();
        for (var item : text.items("operands")) {
            if (!(item instanceof Json.Obj operand)) {
                throw new FormatException("config", item.compact() + " is not an operand");
            }
            sources.add(source(plan, operand, sources.size()));
        }
        var call = new Call(domain, name, text.integer("opset"), plan.size("output"), plan.size("outputs"),
                AttributeJson.read(text.object("attributes")));
        return new OnnxOperator(call, sources);
    }

    private static Source source(Blueprint plan, Json.Obj operand, int index) throws FormatException {
        if (operand.has("given")) {
            return new Source.Given(DType.valueOf(operand.string("given")));
        }
        if (operand.has("elements")) {
            return new Source.Fixed(AttributeJson.constant(operand));
        }
        if (!operand.has("shape")) {
            return new Source.Absent();
        }
        var dims = new int[operand.items("shape").size()];
        for (int i = 0; i < dims.length; i++) {
            var item = operand.items("shape").get(i);
            if (!(item instanceof Json.Int(long size)) || size < 0 || size > Integer.MAX_VALUE) {
                throw new FormatException("config", operand.compact() + " has no sizes");
            }
            dims[i] = (int) size;
        }
        var name = parameterName(index);
        return new Source.Held(operand.bool("trainable") ? plan.parameter(name, dims) : plan.buffer(name, dims));
    }

    /** For example {@code Onnx(Slice)}. */
    @Override
    public String toString() {
        return "Onnx(" + call + ")";
    }
}
