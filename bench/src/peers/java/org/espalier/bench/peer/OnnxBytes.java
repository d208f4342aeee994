package org.espalier.bench.peer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.espalier.bench.task.Mlp;
import org.espalier.bench.task.Sparse;

/**
 * A perceptron or a layer as an ONNX model: a chain of Gemm (weights transposed, as they are stored [out × in]) and
 * Relu. Only the few messages needed are written; the numbers are the fields of onnx.proto3.
 */
final class OnnxBytes {
    static final String INPUT = "x";
    static final String OUTPUT = "logits";

    private static final int FLOAT = 1;
    private static final int IR_VERSION = 8;
    private static final int OPSET = 13;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private OnnxBytes() {}

    static byte[] model(Mlp net, int batch) {
        var graph = new OnnxBytes();
        String value = INPUT;
        for (int l = 0; l < net.layers(); l++) {
            boolean last = l == net.layers() - 1;
            String sum = last ? OUTPUT : "sum" + l;
            graph.message(1, node("Gemm", sum, value, "w" + l, "b" + l).message(5, transposeB()));
            value = sum;
            if (!last) {
                value = "relu" + l;
                graph.message(1, node("Relu", value, sum));
            }
        }
        graph.text(2, "mlp");
        for (int l = 0; l < net.layers(); l++) {
            graph.message(5, tensor("w" + l, net.weight(l), net.out(l), net.in(l)));
            graph.message(5, tensor("b" + l, net.bias(l), net.out(l)));
        }
        return model(graph, batch, net.inputs(), net.outputs());
    }

    /** One layer without a bias. */
    static byte[] layer(Sparse task) {
        var graph = new OnnxBytes()
                .message(1, node("Gemm", OUTPUT, INPUT, "w").message(5, transposeB()))
                .text(2, "layer")
                .message(5, tensor("w", task.w(), task.out(), task.in()));
        return model(graph, task.batch(), task.in(), task.out());
    }

    private static byte[] model(OnnxBytes graph, int batch, int inputs, int outputs) {
        graph.message(11, info(INPUT, batch, inputs));
        graph.message(12, info(OUTPUT, batch, outputs));
        return new OnnxBytes()
                .number(1, IR_VERSION)
                .message(7, graph)
                .message(8, new OnnxBytes().text(1, "").number(2, OPSET)).bytes.toByteArray();
    }

    private static OnnxBytes node(String type, String output, String... inputs) {
        var node = new OnnxBytes();
        for (var input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(4, type);
    }

    private static OnnxBytes transposeB() {
        return new OnnxBytes().text(1, "transB").number(3, 1).number(20, 2);
    }

    private static OnnxBytes tensor(String name, float[] values, long... dims) {
        var tensor = new OnnxBytes();
        for (long dim : dims) {
            tensor.number(1, dim);
        }
        var raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor.number(2, FLOAT).text(8, name).field(9, raw.array());
    }

    private static OnnxBytes info(String name, long... dims) {
        var shape = new OnnxBytes();
        for (long dim : dims) {
            shape.message(1, new OnnxBytes().number(1, dim));
        }
        var type = new OnnxBytes().number(1, FLOAT).message(2, shape);
        return new OnnxBytes().text(1, name).message(2, new OnnxBytes().message(1, type));
    }

    private OnnxBytes number(int field, long value) {
        variable((long) field << 3);
        variable(value);
        return this;
    }

    private OnnxBytes text(int field, String text) {
        return field(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private OnnxBytes message(int field, OnnxBytes message) {
        return field(field, message.bytes.toByteArray());
    }

    private OnnxBytes field(int field, byte[] content) {
        variable((long) field << 3 | 2);
        variable(content.length);
        bytes.writeBytes(content);
        return this;
    }

    private void variable(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
