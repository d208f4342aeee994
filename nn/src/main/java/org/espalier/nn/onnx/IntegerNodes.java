package org.espalier.nn.onnx;

import java.util.Arrays;
import org.espalier.io.DType;
import org.espalier.io.RawTensor;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.Layers;
import org.espalier.nn.onnx.Exporter.Value;
import org.espalier.tensor.Shape;

/** The nodes of a quantized layer: codes and scales as constants, each between the two operators of quantization. */
final class IntegerNodes {
    private final GraphWriter graph;

    IntegerNodes(GraphWriter graph) {
        this.graph = graph;
    }

    private static ProtoWriter with(String attribute, int value) {
        return GraphWriter.with(new ProtoWriter(), attribute, value);
    }

    private String floats(String name, Shape shape, float... values) {
        return graph.constant(name, RawTensor.ofFloats(DType.F32, shape, values));
    }

    private String integers(String name, DType type, Shape shape, int... values) {
        return graph.constant(name, RawTensor.ofInts(type, shape, values));
    }

    String of(String path, IntegerLinear linear, Value x) {
        var input = linear.input().orElseThrow(() -> new IllegalArgumentException("ONNX: " + path
                + " finds a scale for every sample, which no operator does; calibrate the model"));
        var scale = floats(Layers.join(path, "input_scale"), Shape.of(), input.scale());
        var zero = integers(Layers.join(path, "input_zero_point"), DType.I8, Shape.of(), input.zeroPoint());
        var codes = graph.node("QuantizeLinear", Layers.join(path, "quantize"), x.name(), scale, zero);
        var rounded = graph.node("DequantizeLinear", Layers.join(path, "input"), codes, scale, zero);
        var matrix = linear.weightCodes();
        float[] scales = matrix.scales();
        var rows = Shape.of(linear.out());
        var weightScale = floats(Layers.join(path, "weight_scale"), rows, scales);
        var bytes = matrix.codes();
        var values = new int[bytes.length];
        Arrays.setAll(values, i -> bytes[i]);
        var weightCodes = integers(Layers.join(path, "weight"), DType.I8, Shape.of(linear.out(), linear.in()), values);
        var weightZero = integers(Layers.join(path, "weight_zero_point"), DType.I8, rows, new int[linear.out()]);
        var weight = graph.node("DequantizeLinear", Layers.join(path, "dequantize"), with("axis", 0), weightCodes,
                weightScale, weightZero);
        for (int i = 0; i < scales.length; i++) {
            scales[i] *= input.scale();
        }
        var biasScale = floats(Layers.join(path, "bias_scale"), rows, scales);
        var biasCodes = integers(Layers.join(path, "bias"), DType.I32, rows,
                Arrays.stream(linear.biasCodes()).mapToInt(Math::toIntExact).toArray());
        var bias = graph.node("DequantizeLinear", Layers.join(path, "bias"), with("axis", 0), biasCodes, biasScale);
        return graph.node("Gemm", path, with("transB", 1), rounded, weight, bias);
    }
}
