package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.nn.Mode;
import org.espalier.nn.Parameter;
import org.espalier.nn.onnx.OnnxOperator.Call;
import org.espalier.nn.onnx.OnnxOperator.Source;
import org.espalier.nn.onnx.operator.Attribute;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OnnxOperatorTest {
    private static final Source GIVEN = new Source.Given(DType.F32);

    private static OnnxOperator operator(String name, Map<String, Attribute> attributes, Source... sources) {
        return new OnnxOperator(new Call("", name, 17, 0, 1, attributes), List.of(sources));
    }

    @Test
    void operandsComeFromInputsParametersAndConstantsInTheirPlaces() {
        var limits = operator("Clip", Map.of(), GIVEN, new Source.Absent(),
                new Source.Held(Parameter.buffer("operand2", Tensor.scalar(2))));
        var slice = operator("Slice", Map.of(), GIVEN,
                new Source.Fixed(Constant.integers(DType.I64, Shape.of(1), 1)),
                new Source.Fixed(Constant.integers(DType.I64, Shape.of(1), Long.MAX_VALUE)));
        var minus = operator("Sub", Map.of(), GIVEN, GIVEN);
        var x = Tensor.vector(1, 2, 3);

        assertArrayEquals(new float[] {1, 2, 2}, limits.forward(x).toArray());
        assertArrayEquals(new float[] {2, 3}, slice.forward(x).toArray());
        assertArrayEquals(new float[] {-4, -1, 2},
                minus.join(List.of(x, Tensor.vector(5, 3, 1)), Mode.inference()).toArray());
        assertEquals("[operand2[]]", limits.ownParameters().toString());
        assertEquals("Onnx(Slice)", slice.toString());
    }

    @Test
    void gradientsReachInputsAndTrainableOperands() {
        var weight = Parameter.of("operand0", Tensor.matrix(new float[] {1, 2}));
        var product = operator("MatMul", Map.of(), new Source.Held(weight), GIVEN);
        var x = Tensor.matrix(new float[] {3}, new float[] {4}).withGrad();
        var gradients = product.forward(x).sum().backward();

        assertArrayEquals(new float[] {1, 2}, gradients.of(x).toArray());
        assertArrayEquals(new float[] {3, 4}, gradients.of(weight.value()).toArray());
    }

    @Test
    void aProblemNamesTheOperator() {
        var slice = operator("MatMul", Map.of(), GIVEN, GIVEN);

        var fewer = assertThrows(ShapeException.class, () -> slice.forward(Tensor.vector(1)));
        assertTrue(fewer.getMessage().startsWith("ONNX MatMul: needs more inputs"), fewer.getMessage());
        var other = assertThrows(ShapeException.class, () -> slice.join(
                List.of(Tensor.zeros(Shape.of(2, 3)), Tensor.zeros(Shape.of(2, 3))), Mode.inference()));
        assertTrue(other.getMessage().startsWith("ONNX MatMul: "), other.getMessage());
    }

    /** Everything an operator is made of is in its configuration, numbers that JSON does not have included. */
    @Test
    void theConfigurationSaysEverything() throws Exception {
        var attributes = new LinkedHashMap<String, Attribute>();
        attributes.put("fmod", new Attribute.Integers(true, 1));
        var text = operator("Mod", attributes, GIVEN, new Source.Fixed(Constant.integers(DType.I64, Shape.scalar(), 3)))
                .config().attributes().compact();

        assertEquals("{\"domain\":\"\",\"operator\":\"Mod\",\"opset\":17,\"output\":0,\"outputs\":1,"
                + "\"attributes\":{\"fmod\":{\"int\":1}},\"operands\":[{\"given\":\"F32\"},"
                + "{\"type\":\"I64\",\"shape\":[],\"elements\":[3]}]}", text);
        Map<String, Attribute> all = new LinkedHashMap<>();
        all.put("floats", new Attribute.Reals(false, 1, Float.NaN, Float.NEGATIVE_INFINITY));
        all.put("texts", new Attribute.Texts(false, List.of("a", "b")));
        all.put("tensor", new Attribute.Value(Constant.floats(Shape.of(1, 2), 0.1f, 2)));
        var written = AttributeJson.write(all);

        assertEquals(written, AttributeJson.write(AttributeJson.read(written)));
        assertEquals("{\"floats\":{\"floats\":[1.0,\"NaN\",\"-Infinity\"]},\"texts\":{\"strings\":[\"a\",\"b\"]},"
                + "\"tensor\":{\"tensor\":{\"type\":\"F32\",\"shape\":[1,2],\"elements\":[0.10000000149011612,2.0]}}}",
                written.compact());
    }
}
